"""Pages made for the tests, with known truth. Nothing in them was taken from a site."""
