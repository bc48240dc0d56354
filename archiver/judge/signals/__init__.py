"""What a page gives away about itself: small named signs, each a hint and none a verdict."""
