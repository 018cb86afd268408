def slug_name(authority: str) -> str:
    return authority.rstrip("/").rsplit("/", 1)[1]
