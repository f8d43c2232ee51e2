"""From a pattern's text to its tree.

pattern  = ways [ "within" time ]
ways     = way { "|" way }
way      = [ link ] piece { [ link ] piece }
piece    = ( event | "(" pattern ")" ) [ count ] | "^" | "$"
event    = name | "." | "!" event | "[" [ "^" ] name { name } "]"
count    = ( "*" | "+" | "?" | "{n}" | "{n,m}" | "{n,}" | "{,m}" ) [ "?" ]
link     = "->" | "~>" | "-[" limit { "," limit } "]->" | "~[" rule { "," rule } "]~>"
rule     = limit | "no" event { event }
limit    = ( "<" | "<=" | ">" | ">=" ) time
"""

from __future__ import annotations

from desirelines.errors import BadInput, Fault
from desirelines.trace.pattern.lexer import counts, time_us, tokens
from desirelines.trace.pattern.nouns import FOREVER, Begin, Choice, End, Event, Link, Misread, Name, Node, Row, Times, Within
from desirelines.trace.pattern.reader import Reader

DEEPEST = 50
"""Parentheses inside each other."""
_COUNTS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_NAMES = ("name", "quoted")
_EVENT = (*_NAMES, ".", "!", "[")
_PIECE = (*_EVENT, "(", "^", "$")
_LINK = ("->", "~>", "-[", "~[")


def parse(text: str) -> Node:
    """The tree of a pattern. Raises BadInput that names the character."""
    try:
        return read(text)
    except Misread as error:
        raise refused(text, error) from None


def refused(text: str, error: Misread) -> BadInput:
    """The error as callers see it."""
    place = f"character {error.at + 1}" if error.at < len(text) else "at its end"
    shown = text[max(error.at - 12, 0) : error.at] + "⟶" + text[error.at : error.at + 12]
    message = f"the pattern cannot be read, {place}: {error.message}"
    fault = Fault(message, path=f"character {error.at + 1}")
    return BadInput(message, hint=error.hint or f"here: {shown}", code="bad_pattern", faults=(fault,))


def read(text: str) -> Node:
    """As `parse`, but raises Misread."""
    return Parser(tokens(text)).whole()


class Parser(Reader):
    """The rules of the grammar, one method each."""

    def whole(self) -> Node:
        if self._ahead("end") and not self._ahead(*_PIECE):
            raise self._wrong("the pattern is empty", "name an event, such as Look ~> Buy")
        tree = self._level(inside=False)
        if self._ahead("end"):
            return tree
        raise self._wrong(*self._stray())

    def _level(self, inside: bool) -> Node:
        at = self._next.at
        ways = [self._way(inside)]
        while self._take("|"):
            ways.append(self._way(inside))
        tree = ways[0] if len(ways) == 1 else Choice(tuple(ways), at)
        if not self._word("within"):
            return tree
        said = self._tokens[self._place - 1]
        if _limited(tree):
            raise Misread(said.at, "a `within` around another cannot be held", "limit the gaps inside: A ~[<2d]~> B")
        self.want("time")
        tree = Within(tree, time_us(self._forward()), said.at)
        if not self._ahead(")", "end"):
            raise self._wrong("`within` limits all that stands before it", "put both in parentheses: (A ~> B within 7d) ~> C")
        return tree

    def _way(self, inside: bool) -> Node:
        at, items = self._next.at, list[Node]()
        if self._ahead(*_LINK):
            if not inside:
                raise self._wrong("nothing stands before this", "begin with an event")
            items.append(self._link())
        items.append(self._piece())
        while True:
            if self._ahead(*_LINK):
                items.append(self._link())
                items.append(self._piece())
            elif self._ahead(*_PIECE) and not self._at_word("within"):
                items.append(self._piece())
            else:
                return items[0] if len(items) == 1 else Row(tuple(items), at)

    def _piece(self) -> Node:
        here = self._next
        if not self._ahead(*_PIECE) or self._at_word("within"):
            if here.kind in (")", "|", "end"):
                raise self._wrong("an event is missing here", "to leave a step out write `?` behind it")
            raise self._wrong(*self._stray())
        if self._take("^"):
            return self._uncounted(Begin(here.at))
        if self._take("$"):
            return self._uncounted(End(here.at))
        return self._counted(self._group() if self._take("(") else self._event(), here.at)

    def _group(self) -> Node:
        opened = self._tokens[self._place - 1]
        self._depth += 1
        if self._depth > DEEPEST:
            raise Misread(opened.at, f"more than {DEEPEST} parentheses inside each other")
        tree = self._level(inside=True)
        if not self._take(")"):
            if self._ahead("end"):
                raise Misread(opened.at, "this parenthesis is never closed", "end the group with )")
            raise self._wrong(*self._stray())
        self._depth -= 1
        return tree

    def _counted(self, tree: Node, at: int) -> Node:
        if not self._ahead("*", "+", "?", "count"):
            return tree
        token = self._forward()
        low, high = _COUNTS.get(token.kind) or counts(token)
        greedy = not self._take("?")
        if self._ahead("*", "+", "?", "count"):
            raise self._wrong("this is counted already", "put it in parentheses to count it again")
        return Times(tree, low, high, greedy, at)

    def _uncounted(self, tree: Node) -> Node:
        if self._ahead("*", "+", "?", "count"):
            raise self._wrong("a beginning or an end cannot be counted")
        return tree

    def _event(self) -> Event:
        here = self._next
        if self._take("."):
            return Event((), True, here.at)
        if self._take("!"):
            if not self._ahead(*_EVENT):
                raise self._wrong("`!` needs an event behind it", "!Pay is any event but Pay")
            but = self._event()
            return Event(but.names, not but.other, here.at)
        if self._take("["):
            return self._set(here.at)
        if not self._ahead(*_NAMES):
            raise self._wrong("the name of an event is missing here")
        return Event((self._name(),), False, here.at)

    def _set(self, at: int) -> Event:
        other = self._take("^")
        names = []
        while not self._take("]"):
            if not self._ahead(*_NAMES):
                if self._ahead("end"):
                    raise Misread(at, "this bracket is never closed", "[A B] is one of two events, [^A B] any other")
                raise self._wrong("between brackets stand names", "[A B] is one of two events, [^A B] any other")
            names.append(self._name())
            if names and self._ahead(",", "|"):
                self._forward()
        if not names:
            raise Misread(at, "no name stands between these brackets", "`.` is any event")
        return Event(tuple(names), other, at)

    def _name(self) -> Name:
        token = self._forward()
        return Name(token.text, token.at)

    def _link(self) -> Link:
        here = self._forward()
        if here.kind in ("->", "~>"):
            return Link(here.kind == "~>", 0, FOREVER, (), here.at)
        eventually = here.kind == "~["
        closing = "~>" if eventually else "->"
        least, most, barred = 0, FOREVER, []
        while True:
            if self._word("no"):
                if not eventually:
                    raise Misread(here.at, "nothing stands between events that follow directly", "write ~[no Pay]~>")
                if not self._ahead(*_EVENT):
                    raise self._wrong("the name of an event is missing here", "~[no Pay]~> lets no Pay come between")
                while self._ahead(*_EVENT):
                    barred.append(self._event())
            else:
                low, high = self._limit(eventually)
                least, most = max(least, low), min(most, high)
            if not self._take(","):
                break
        if not (self._take("]") and self._take(closing)):
            raise self._wrong(f"`]{closing}` is missing here", f"write {here.kind}<2d]{closing}")
        if least > most:
            raise Misread(here.at, "no gap is so long and so short")
        return Link(eventually, least, most, tuple(barred), here.at)

    def _limit(self, eventually: bool) -> tuple[int, int]:
        if not self._ahead("<", "<=", ">", ">="):
            rule = "a limit such as <2d, or `no` and a name" if eventually else "a limit such as <2d"
            raise self._wrong("a limit is missing here", f"write {rule}")
        sign = self._forward().kind
        self.want("time")
        length = time_us(self._forward())
        if sign == "<" and length == 0:
            raise Misread(self._tokens[self._place - 1].at, "no gap is less than nothing")
        return {"<": (0, length - 1), "<=": (0, length), ">": (length + 1, FOREVER), ">=": (length, FOREVER)}[sign]


def _limited(tree: Node) -> bool:
    """Whether a `within` stands somewhere inside."""
    if isinstance(tree, Row | Choice):
        return any(_limited(one) for one in (tree.items if isinstance(tree, Row) else tree.ways))
    return isinstance(tree, Within) or (isinstance(tree, Times) and _limited(tree.what))
