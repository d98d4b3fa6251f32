"""What goes out live: data, encoded once for everybody who has the topic open."""


def frame_of(row):
    """`author` is None where names are hidden; `html` is the sanitised HTML of the text in its own language."""
    return {
        "topic_id": row.topic_id,
        "id": row.id,
        "position": row.position,
        "author": author_of(row),
        "html": row.html,
        "language": row.language,
        "posted_at": row.posted_at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
    }


def author_of(row):
    if row.author_name is None:
        return None
    return {"id": row.author_id, "name": row.author_name, "city": row.city_name}
