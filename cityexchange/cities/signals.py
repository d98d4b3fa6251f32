from cityexchange.core.signals import Signal

city_renamed = Signal("city")
