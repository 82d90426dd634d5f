
def likely(s): return 0.0
