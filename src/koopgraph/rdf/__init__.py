"""RDF: the vocabulary, the minting of IRIs, the assembly with evidence, the writing of files."""
