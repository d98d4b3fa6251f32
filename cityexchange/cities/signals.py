from cityexchange.core.signals import Signal

city_renamed = Signal("city")
city_stepped_out = Signal("city")
