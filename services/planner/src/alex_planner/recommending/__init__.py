"""What a plan may recommend: proposals that code computes from the figures, by published rules and own limits.

A model chooses among them and finds words for them; it can add none.
"""
