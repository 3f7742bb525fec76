"""Second Source: says who, who else, and what is it to them?"""

__version__ = "0.1.0"
