from cityexchange.core.signals import Signal

city_stepped_out = Signal("city")
city_stepped_in = Signal("city")
"""It takes part from now on."""
domain_verified = Signal("domain")
