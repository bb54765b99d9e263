/// What the words of the grammar mean, for hovering over them.
enum KeywordHelp {
  static let texts: [String: (form: String, text: String)] = [
    "let": ("let NAME[: TYPE] = VALUE", "Makes a variable that stays as it is."),
    "var": ("var NAME[: TYPE] = VALUE", "Makes a variable that `$NAME = VALUE` can change."),
    "if": (
      "if CONDITION { … } else if CONDITION { … } else { … }",
      "Runs the first block whose condition is true."
    ),
    "else": ("if CONDITION { … } else { … }", "What is done when no condition is true."),
    "while": ("while CONDITION { … }", "Runs the block as long as the condition is true."),
    "for": (
      "for [--jobs N] [--keep-going] NAME in LIST { … }",
      "Runs the block, or the command that stands in its place, for each item."
    ),
    "in": (
      "NAME in LIST",
      "After `for`: what to go over. In an expression: whether an item is in a list, a part in a "
        + "text, or a field in a record."
    ),
    "fn": (
      "fn NAME(PARAMETER[: TYPE] [= VALUE], --FLAG, ...REST)[: TYPE] { … }",
      "Makes a function, which is called like a command."
    ),
    "return": ("return [VALUE]", "Ends the function with this result."),
    "try": (
      "try { … } catch [NAME] { … } finally { … }",
      "Runs the block; `catch` takes a failure of it, `finally` runs in any case."
    ),
    "catch": ("catch [NAME] { … }", "What is done when the block of `try` fails."),
    "finally": ("finally { … }", "What is done in any case, at the end of `try`."),
    "throw": ("throw VALUE", "Fails with a text, a record, or what `catch` bound."),
    "use": (
      "use \"FILE\" [as NAME]",
      "Brings the functions of another file into reach, as `NAME.function` after `as`."
    ),
    "as": ("use \"FILE\" as NAME", "The name before the file's functions."),
    "break": ("break", "Ends the loop."),
    "continue": ("continue", "Goes on with the loop's next round."),
    "and": ("CONDITION and CONDITION", "Whether both are true."),
    "or": ("CONDITION or CONDITION", "Whether one of them is true."),
    "not": ("not CONDITION", "The opposite. `not in` is the opposite of `in`."),
    "true": ("true", "A `bool`."),
    "false": ("false", "A `bool`."),
    "null": ("null", "Nothing there."),
  ]
}
