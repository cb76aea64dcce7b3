"""What a text in the program is made of, followed through names, calls and comprehensions."""

import ast
import re
from collections.abc import Iterator

Scope = ast.FunctionDef | ast.Lambda
# After these nothing of a text acts in Markdown; `markdown` of the sentences escapes each part.
ESCAPING = {"escape_markdown", "markdown"}
# Made of digits, days and words of our own, whatever they are given.
FIGURES = {
    *("share", "interval", "points", "change", "count", "ratio"),
    *("days", "rank", "rank_change", "schedule", "day", "chinese_day", "iso_day", "month"),
    *("year_month", "period", "growth", "numeral", "len", "int", "round", "sum", "float", "index"),
    *("columns", "threshold"),
}
# These hand on what they were given.
PASSING = {
    *("list", "tuple", "sorted", "reversed", "str", "enumerate", "zip", "dict", "items", "values"),
    *("keys", "strip", "max", "min", "fromkeys", "next", "iter", "groupby", "join", "format"),
}
# What a part has made Markdown of says so by its name; the store gives numbers in the others.
SAFE_ENDINGS = ("_markdown", "_count", "_share", "_days", "_number", "number", "_seconds")
DIGITS = re.compile(r"[,%df]")


class Module:
    """One file of the program; `is_safe` tells whether an expression holds no text of the data."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self._open: set[int] = set()
        self._functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        # The walk goes from outside in: the innermost function is the last to own a node.
        self._owner: dict[ast.AST, Scope] = {}
        for scope in (n for n in ast.walk(tree) if isinstance(n, Scope)):
            self._owner |= {node: scope for node in ast.walk(scope) if node is not scope}

    def is_safe(self, node: ast.expr) -> bool:
        """Tell whether a text is the program's own words, figures or escaped, all through."""
        if id(node) in self._open:
            return True
        self._open.add(id(node))
        try:
            return self._is_made_safely(node)
        finally:
            self._open.remove(id(node))

    def _is_made_safely(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return _is_own(node.id) or self._is_safe_name(node, node.id)
        if isinstance(node, ast.Call):
            return self._is_safe_call(node)
        if isinstance(node, ast.Attribute):
            of_own = isinstance(node.value, ast.Subscript) and self.is_safe(node.value)
            return of_own or _is_own(node.attr) or node.attr in {"shape", "color"}
        if isinstance(node, ast.Subscript):
            key = node.slice.value if isinstance(node.slice, ast.Constant) else ""
            return str(key).endswith(SAFE_ENDINGS) or self.is_safe(node.value)
        if isinstance(node, ast.FormattedValue) and DIGITS.search(_spec(node)):
            return True
        return all(map(self.is_safe, _parts(node)))

    def _is_safe_name(self, node: ast.AST, name: str) -> bool:
        """Tell whether all that is put under a name is safe, in the function or those around it."""
        scope = self._owner.get(node)
        while scope is not None:
            if found := list(_assigned(scope, name)):
                return all(map(self.is_safe, found))
            if isinstance(scope, ast.FunctionDef) and name in _parameters(scope):
                return self._is_always_given_safely(scope, name)
            scope = self._owner.get(scope)
        return False

    def _is_always_given_safely(self, function: ast.FunctionDef, name: str) -> bool:
        place = _parameters(function).index(name)
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        calls = [node for node in nodes if _called(node) == function.name]
        given = [
            next((k.value for k in call.keywords if k.arg == name), None)
            or (call.args[place] if place < len(call.args) else ast.Constant(""))
            for call in calls
        ]
        return bool(calls) and function.name.startswith("_") and all(map(self.is_safe, given))

    def _is_safe_call(self, call: ast.Call) -> bool:
        name = _called(call)
        if name in ESCAPING | FIGURES or name.endswith(SAFE_ENDINGS):
            return True
        if name == "map":
            mapped = call.args[0]
            return _name(mapped) in ESCAPING | FIGURES or self._returns_safely(_name(mapped))
        if name == "get" and isinstance(call.func, ast.Attribute):
            return all(map(self.is_safe, [call.func.value, *call.args[1:]]))
        if name in PASSING:
            of = [call.func.value] if isinstance(call.func, ast.Attribute) else []
            own = [node for node in of if _name(node) != "dict"]
            return all(map(self.is_safe, [*own, *call.args, *(k.value for k in call.keywords)]))
        return self._returns_safely(name)

    def _returns_safely(self, name: str) -> bool:
        function = self._functions.get(name)
        returned = [
            node.value
            for node in (ast.walk(function) if function else ())
            if isinstance(node, ast.Return | ast.Yield) and node.value is not None
        ]
        return bool(returned) and all(map(self.is_safe, returned))


def _is_own(name: str) -> bool:
    return name.isupper() or name.endswith(SAFE_ENDINGS)


def _spec(node: ast.FormattedValue) -> str:
    return ast.unparse(node.format_spec) if node.format_spec else ""


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _called(call: ast.Call) -> str:
    return _name(call.func)


def _parameters(function: ast.FunctionDef) -> list[str]:
    given = function.args
    return [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _parts(node: ast.expr) -> list[ast.expr]:
    """Return what an expression's text is put together from; itself where nobody can say."""
    if isinstance(node, ast.Constant | ast.Compare | ast.UnaryOp):
        return []
    if isinstance(node, ast.JoinedStr | ast.BoolOp):
        return node.values
    if isinstance(node, ast.FormattedValue | ast.Starred):
        return [node.value]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return [*filter(None, node.keys), *node.values]
    if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
        return [node.elt]
    if isinstance(node, ast.DictComp):
        return [node.key, node.value]
    return [UNKNOWN]


# A name that nothing is assigned to.
UNKNOWN = ast.Name("?")


def _assigned(scope: Scope, name: str) -> Iterator[ast.expr]:
    """Yield what a function puts under a name, and into it."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            yield from (v for target in node.targets for v in _unpacked(target, node.value, name))
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
            if _name(node.target) == name and node.value is not None:
                yield node.value
        elif isinstance(node, ast.For | ast.comprehension):
            yield from _unpacked(node.target, node.iter, name)
        elif isinstance(node, ast.Call) and _called(node) in {"append", "extend"}:
            filled = node.func.value if isinstance(node.func, ast.Attribute) else node.func
            yield from node.args if _name(filled) == name else ()


def _unpacked(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=False)
        yield from (given for one, given in pairs if _name(one) == name)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        yield from _unpacked(target, value.body, name)
        yield from _unpacked(target, value.orelse, name)
    elif any(_name(node) == name for node in ast.walk(target) if isinstance(node, ast.Name)):
        yield value
