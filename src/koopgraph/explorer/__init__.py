"""The interactive page: pyvis as the model of what is drawn, our own template, script and translations."""
