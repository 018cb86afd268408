"""Hostile plain texts and Markdown: encodings that lie, characters that hide, names that are code, texts without shape."""

from __future__ import annotations

import codecs

from hostile_case import STORY, Case, case

_UTF8 = STORY.encode()
ENCODINGS = (
    ("utf-8 with its mark", codecs.BOM_UTF8 + _UTF8, "article"),
    ("two marks of utf-8", codecs.BOM_UTF8 * 2 + _UTF8, "article"),
    ("utf-16-le with its mark", codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"), "article"),
    ("utf-16-be with its mark", codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"), "article"),
    ("utf-32-le with its mark", codecs.BOM_UTF32_LE + STORY.encode("utf-32-le"), "article"),
    ("utf-32-be with its mark", codecs.BOM_UTF32_BE + STORY.encode("utf-32-be"), "article"),
    ("utf-16-le without a mark", STORY.encode("utf-16-le"), "article"),
    ("utf-16-be without a mark", STORY.encode("utf-16-be"), "article"),
    ("the mark of utf-16 before utf-8", codecs.BOM_UTF16_LE + _UTF8, "article"),
    ("half a character of utf-16 at the end", codecs.BOM_UTF16_LE + STORY.encode("utf-16-le")[:-1], "article"),
    ("cp1252", STORY.encode("cp1252"), "article"),
    ("mac-roman", STORY.encode("mac-roman"), "article"),
    ("cp850", STORY.encode("cp850"), "article"),
    ("utf-8 twice", _UTF8.decode("latin-1").encode(), "article"),
    ("utf-8 with stray bytes", _UTF8 + b" \xfc\xe4 " + _UTF8, "article"),
    ("overlong forms of utf-8", b"\xc0\xaf\xe0\x80\xaf " + _UTF8, "article"),
    ("surrogates in utf-8", b"\xed\xa0\x80\xed\xbf\xbf " + _UTF8, "article"),
    ("a character above Unicode", b"\xf4\x90\x80\x80 " + _UTF8, "article"),
    ("cut within a character", "Der Hof in Zü".encode()[:-1], "article"),
    ("one NUL", STORY.replace(" ", "\0", 1).encode(), "article"),
    ("a NUL behind each word", STORY.replace(" ", " \0").encode(), "problem"),
    ("NULs alone", b"\0" * 5000, "problem"),
    ("control characters alone", bytes(range(1, 9)) * 100, "problem"),
    ("every byte there is", bytes(range(256)) * 8, "problem"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "problem"),
    ("a PDF file", b"%PDF-1.7\n" + _UTF8, "problem"),
    ("a zip archive", b"PK\x03\x04" + _UTF8, "problem"),
    ("a gzip file", b"\x1f\x8b\x08" + _UTF8, "problem"),
    ("RTF", b"{\\rtf1 " + _UTF8 + b"}", "problem"),
    ("escape sequences of a terminal", b"\x1b[31mZ\x1b]0;owned\x07 " + _UTF8 * 4, "article"),
    ("an empty file", b"", "problem"),
    ("blanks alone", b" \t\r\n " * 99, "problem"),
    ("a mark alone", codecs.BOM_UTF8, "problem"),
    ("invisible characters alone", "\u200b\u2060\u00ad\ufeff".encode() * 9, "problem"),
    ("punctuation alone", b"... !!! ??? ---", "problem"),
    ("a NUL byte alone", b"\0", "problem"),
)
CHARACTERS = (
    ("right-to-left override in a name", "Zürich \u202egpj.exe\u202c baut mit Leipzig. " + STORY),
    ("isolates that never end", "\u2066\u2067\u2068" * 50 + STORY),
    ("zero-width spaces within names", "Zü\u200brich und Leip\u200bzig bauen. " + STORY),
    ("zero-width joiners within names", "Zü\u200drich und Leip\u200czig bauen. " + STORY),
    ("soft hyphens within names", "Zü\u00adrich und Leip\u00adzig bauen. " + STORY),
    ("a thousand accents on a letter", "Zu" + "\u0308" * 1000 + "rich baut. " + STORY),
    ("letters of two alphabets that look alike", "Lеірzіg baut mit Leipzig. " + STORY),
    ("full-width letters", "Ｌｅｉｐｚｉｇ baut ２０１９. " + STORY),
    ("letters beyond the first plane", "𝕷𝖊𝖎𝖕𝖟𝖎𝖌 baut 🏗️👩‍👩‍👧‍👦. " + STORY),
    ("unassigned and private characters", "\ue000\U000e0001\U0010fffd Leipzig baut. " + STORY),
    ("noncharacters", "\ufdd0\ufffe\uffff\U0001ffff Leipzig baut. " + STORY),
    ("line ends of every kind", "Hof\r\n\rZürich\u2028Leipzig\u2029baut\x85am\vBahnhof\f " + STORY),
    ("return characters alone", STORY.replace(" ", "\r")),
    ("no-break spaces alone", STORY.replace(" ", "\u00a0")),
    ("Arabic and Hebrew beside German", "مدينة لايبزيغ و ציריך. " + STORY),
    ("letters that grow in capitals", "ŉ ǰ ΐ ß ﬃ İstanbul ΣΑΣ Leipzig. " + STORY),
    ("digits of other scripts", "Am ٣. Mai ٢٠١٩ und am ३. Mai २०१९, ²⁰¹⁹ und ③. " + STORY),
    ("superscripts as a date", "Am ³. Mai ²⁰¹⁹ kamen ½ Mio. Euro. " + STORY),
)
INJECTIONS = (
    ("SPARQL", '"} ; DROP ALL ; #'),
    ("SPARQL with an IRI", "<urn:x> } INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
    ("Turtle", '" . <urn:evil> <urn:p> "x'),
    ("Turtle in long quotes", '""" . <urn:evil> a <urn:p> . """'),
    ("an escape of Turtle", "\\u003Curn:evil\\u003E \\"),
    ("TriG", "} GRAPH <urn:evil> { <a> <b> <c> }"),
    ("HTML", "<script>alert(1)</script>"),
    ("HTML behind a closed script", "</script><script>alert(1)</script>"),
    ("HTML in an attribute", '"><img src=x onerror=alert(1)>'),
    ("HTML in a comment", "--><svg onload=alert(1)><!--"),
    ("JSON in a script", "\u2028</script>{{constructor.constructor('alert(1)')()}}"),
    ("a formula of CSV", "=cmd|' /C calc'!A0"),
    ("a formula behind a tab", '\t=HYPERLINK("http://evil","x")'),
    ("quotes and lines of CSV", 'a","b"\n"c'),
    ("a template of Jinja", "{{ 7*7 }}{% include '/etc/passwd' %}"),
    ("a format string", "%s%s%n {0.__class__}"),
    ("a path", "../../../../etc/passwd"),
    ("a command", "$(touch /tmp/evil) `id` ; rm -rf ~"),
    ("an entity", "&lt;script&gt; &amp;amp; &#x202e;"),
    ("XML", "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>"),
)
SHAPES = (
    ("one word without end", lambda: b"Stadt" * 40_000),
    ("one word again and again", lambda: b"Leipzig " * 15_000),
    ("capital words alone", lambda: b"Hof Bau Stadt Land " * 5_000),
    ("digits alone", lambda: b"Hof " + b"1234567890" * 10_000),
    ("dates alone", lambda: b"3. Mai 2019, " * 8_000),
    ("years alone", lambda: b"2019 " * 20_000),
    ("sums of money alone", lambda: b"12,5 Mio. Euro " * 7_000),
    ("opening brackets alone", lambda: b"Hof " + b"(" * 100_000),
    ("brackets of three kinds", lambda: b"Hof " + b"([{" * 30_000 + b"}])" * 30_000),
    ("quotation marks alone", lambda: b"Hof " + "„".encode() * 40_000),
    ("full stops alone", lambda: b"Hof" + b"." * 100_000),
    ("hyphens alone", lambda: b"Stadt" + b"-" * 100_000),
    ("words joined by hyphens", lambda: b"Stadt-" * 20_000),
    ("words joined by strokes", lambda: b"Leipzig/" * 15_000),
    ("commas between names", lambda: b"Leipzig, " * 12_000),
    ("'and' between names", lambda: b"Leipzig und " * 9_000),
    ("initials alone", lambda: b"A. " * 35_000),
    ("short lines", lambda: b"Hof\n" * 25_000),
    ("empty lines", lambda: b"Hof" + b"\n" * 100_000 + b"Bau"),
    ("blanks within a sentence", lambda: b"Leipzig" + b" " * 100_000 + b"baut."),
    ("addresses alone", lambda: b"https://a.example/x " * 5_000),
    ("a text without a full stop", lambda: b"in Leipzig baut Jana Muster den Hof und " * 2_500),
    ("relative clauses without end", lambda: b"Leipzig, das in Leipzig, das " * 3_500),
    ("a number of a hundred thousand digits as money", lambda: b"Der Hof kostet " + b"9" * 100_000 + b" Euro."),
)
DATES = (
    *("3. Mai 99999", "31. Februar 2019", "0. Januar 0000", "32.13.2019", "1.1.1", "3. Mai -44", "2019-02-30"),
    *("29. Februar 1900", "99.99.9999", "1.–0. Mai 2019", "Mai 2019 bis Mai 1019", "2019/2018", "24:61 Uhr am 3. Mai"),
    *("3.3.3.3.3.3.2019", "im Jahr 10000000000", "3. Mai 2019 bis 99999"),
)
MARKDOWN = (
    ("Python objects in the front matter", "---\ntitle: !!python/object/apply:os.system ['touch evil']\n---\n" + STORY, "problem"),
    ("a Python name in the front matter", "---\ntitle: !!python/name:os.system\n---\n" + STORY, "problem"),
    ("an unknown tag in the front matter", "---\ntitle: !evil x\n---\n" + STORY, "problem"),
    ("a billion laughs in YAML", "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "title: *i\n---\n" + STORY, "article"),
    ("YAML that names itself", "---\ntitle: &a [*a]\n---\n" + STORY, "article"),
    ("YAML of a thousand levels", "---\ntitle: " + "[" * 1000 + "\n---\n" + STORY, "problem"),
    ("YAML with an impossible day", "---\ndate: 2019-99-99\n---\n" + STORY, "problem"),
    ("YAML with a day of year 1", "---\ndate: 0001-01-01\n---\n" + STORY, "article + limit"),
    ("YAML with a day of year 9999", "---\ndate: 9999-12-31\n---\n" + STORY, "article + limit"),
    ("front matter without an end", "---\ntitle: x\n" + STORY, "article"),
    ("front matter alone", "---\ntitle: x\n---\n", "problem"),
    ("keys that are no text", "---\n? [1, 2]\n: x\n1: 2\nnull: 3\n---\n" + STORY, "article"),
    ("a title of a million letters", "---\ntitle: " + "x" * 1_000_000 + "\n---\n" + STORY, "article + limit"),
    ("a thousand authors", "---\nauthors: [" + ", ".join(f"Jana Muster{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(600)) + "]\n---\n" + STORY, "article"),
    ("an address that is a script", "---\nurl: javascript:alert(1)\n---\n" + STORY, "article"),
    ("an address with a page in it", "---\nurl: data:text/html,<script>alert(1)</script>\n---\n" + STORY, "article"),
    ("an address with blanks and brackets", "---\nurl: \"https://a.example/<> {}|\\\\^`\\\"\"\n---\n" + STORY, "article"),
    ("an address without end", "---\nurl: https://a.example/" + "x" * 10_000 + "\n---\n" + STORY, "article + limit"),
    ("quotes of ten thousand levels", ">" * 10_000 + " Hof\n\n" + STORY, "article"),
    ("lists of a thousand levels", "".join("  " * n + "- Hof\n" for n in range(300)) + "\n" + STORY, "article"),
    ("opening brackets of links", "[" * 20_000 + "\n\n" + STORY, "article"),
    ("marks of emphasis alone", "*_" * 10_000 + "\n\n" + STORY, "article"),
    ("backticks without an end", "`" * 10_001 + "a\n\n" + STORY, "article"),
    ("a table of a thousand columns", "|a" * 1000 + "\n" + "|-" * 1000 + "\n" + "|x" * 1000 + "\n\n" + STORY, "article"),
    ("comments that never end", "<!--" * 5_000 + STORY, "problem"),
    ("shortcodes that never end", "{{<" * 5_000 + "\n\n" + STORY, "article"),
)  # fmt: skip


def cases() -> list[Case]:
    """Return the cases of this module."""
    found = [case(f"encoding {n}.txt", "encodings", what, to, data) for n, (what, data, to) in enumerate(ENCODINGS, 1)]
    found += [
        case(f"characters {n}.txt", "characters", what, "article", f"Hof\n\n{text}")
        for n, (what, text) in enumerate(CHARACTERS, 1)
    ]
    for n, (what, code) in enumerate(INJECTIONS, 1):
        text = f"{code}\n\nDas Büro „{code}“ aus Leipzig baut. Jana {code} leitet das Projekt „Hof {code}“.\n\n{STORY}"
        found.append(
            case(f"injection {n}.txt", "names that are code", f"{what} as a title and in names", "article", text)
        )
    found += [
        case(f"shape {n}.txt", "texts without shape", what, "article", data) for n, (what, data) in enumerate(SHAPES, 1)
    ]
    found += [
        case(
            f"date {n}.txt",
            "impossible dates",
            f"'{text}'",
            "article",
            f"Hof\n\nDas Fest in Leipzig ist am {text}.\n\n{text}",
        )
        for n, text in enumerate(DATES, 1)
    ]
    found += [
        case(f"markdown {n}.md", "Markdown and YAML", what, to, text) for n, (what, text, to) in enumerate(MARKDOWN, 1)
    ]
    return found
