from cityexchange.core.sockets import look_again
from cityexchange.spaces.signals import space_reclassified


@space_reclassified.connect
def look_again_who_reads_what(space):
    """Topics and whatever else hangs in the space is followed by lines whose members may see it no more."""
    look_again()
