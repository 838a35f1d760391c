"""Who answers: the tree of bureaus, departments, districts and schools."""
