from cityexchange.core.signals import Signal

city_applied = Signal("application")
city_activated = Signal("city")
city_reduced = Signal("city")
place_offered = Signal("offer")
place_taken = Signal("offer", "member")
city_suspended = Signal("suspension")
