"""What all tests share."""

from hypothesis import HealthCheck, settings

# No test asserts a time: a busy machine is not a fault of the rules.
settings.register_profile("glassbox", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("glassbox")
