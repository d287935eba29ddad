"""How many people the work takes, hour by hour and shift by shift."""

import os

# Matrices are small here: the threads of a linear algebra library would only wait on each other,
# and sums would hang on how many there are. It reads this once, as numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
