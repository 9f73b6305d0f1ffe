"""The way of a submission: typed, sent, decided on, published."""
