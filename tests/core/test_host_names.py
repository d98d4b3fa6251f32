"""One public name: links, cookies and pages are for it alone."""


def test_a_foreign_host_name_is_refused_in_plain_words(visitor):
    response = visitor.get("/", headers={"Host": "evil.example.org"})
    assert response.status_code == 400
    assert b"<h1>" in response.data and b"evil" not in response.data


def test_our_own_name_is_served(visitor):
    assert visitor.get("/", headers={"Host": "localhost"}).status_code == 200


def test_what_a_proxy_says_of_the_host_name_is_not_believed(visitor):
    response = visitor.get("/sign-in", headers={"Host": "localhost", "X-Forwarded-Host": "evil.example.org"})
    assert response.status_code == 200
    assert b"evil" not in response.data
