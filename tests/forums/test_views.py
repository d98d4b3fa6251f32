def test_smoke(sign_in, visitor):
    from tests.factories import MemberFactory
    from tests.forums.factories import ForumFactory, start_topic

    topic = start_topic()
    ana = MemberFactory()
    b = sign_in(ana)
    for p in [
        "/forums",
        f"/forums/{topic.forum.slug}",
        f"/topics/{topic.id}",
        "/topics",
        f"/forums/{topic.forum.slug}/new",
        "/",
        f"/spaces/{topic.forum.space.slug}",
    ]:
        r = b.get(p)
        assert r.status_code == 200, (p, r.status_code, r.text[:500])
    r = b.post(f"/topics/{topic.id}/posts", data={"text": "Bonjour"})
    assert r.status_code == 303
    r = b.get(r.headers["Location"])
    assert "Bonjour" in r.text
    pid = 2
    r = b.post(
        f"/forums/{topic.forum.slug}/new", data={"title": "Bonjour", "text": "Bonjour", "kind": "question"}
    )
    assert r.status_code == 303, r.text
