"""How the property tests of this folder run."""

from hypothesis import settings

# Speed is measured elsewhere; on a busy machine a deadline only fails at random.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")
