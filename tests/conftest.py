"""What all tests share."""

from hypothesis import HealthCheck, settings

# No test asserts a time: a busy machine is not a fault of the rules. Forty examples per property
# and definition, with other seeds in every run; --hypothesis-profile=default tries a hundred.
settings.register_profile(
    "glassbox", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("glassbox")
