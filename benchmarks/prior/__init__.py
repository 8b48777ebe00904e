"""The prior that the package ships: the texts that it is fitted on, and the fit. README.md says how it is made."""
