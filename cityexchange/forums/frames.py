"""What goes out live: data, encoded once for everybody who has the topic open."""

from cityexchange.core.names import sign_of


def frame_of(post, author):
    """Of a post, or of a row of its page. `html` is the sanitised HTML of the text in its own language."""
    return {
        "topic_id": post.topic_id,
        "id": post.id,
        "position": post.position,
        "author": author,
        "sign": sign_of(author),
        "html": post.html,
        "language": post.language,
        "is_official": post.is_official,
        "posted_at": post.posted_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
    }


def author_of(post):
    """The name now, the city then, as members see them; None where the space hides them."""
    if post.topic.forum.space.hides_names:
        return None
    id = post.author_id if post.pen_name is None else None
    return _person(id, post.signed_name, post.signed_city and post.signed_city.name)


def author_on(row):
    """The same, of a row that `posts_between` read."""
    return row.author_name and _person(row.author_id, row.author_name, row.city_name)


def _person(id, name, city):
    """`id` 0: somebody under a chosen name, whose page is not told."""
    return {"id": id or 0, "name": name, "city": city}
