"""The customer base as models see it: who still buys, how often, for how much, for how long. Pure functions over arrays.

Every file is one model: its likelihood, its fit, its predictions. Parameters are fitted as logarithms, from several starts.
"""
