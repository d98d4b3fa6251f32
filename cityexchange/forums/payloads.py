"""What open pages are told of a post: that something came, and where. What it says, each asks for as the server renders it for its reader."""

from cityexchange.core.sockets import spread_of


def payload_of(post):
    return {
        "topic_id": post.topic_id,
        "id": post.id,
        "position": post.position,
        "spread": spread_of(post.topic),
    }
