import OrderedJSON
import SnapLanguage

/// The error of an answer: `{code, message, data: {kind, item, labels: [{arg, text}], help}}`.
struct PluginError {
  let message: String
  private let data: JSONObject
  private let plugin: String

  init(_ json: JSON?, _ plugin: String) {
    let object = json?.objectValue ?? JSONObject()
    message = object["message"]?.stringValue ?? "failed without saying why"
    data = object["data"]?.objectValue ?? JSONObject()
    self.plugin = plugin
  }

  func failure(for call: OpenCall) -> Failure {
    var failure = Failure(
      data["kind"]?.stringValue.flatMap { Failure.Kind(rawValue: $0) } ?? .plugin,
      "[\(plugin)] \(message)", help: data["help"]?.stringValue,
      item: data["item"].map { WireValues.value(of: $0) })
    for label in data["labels"]?.arrayValue ?? [] {
      guard let argument = label.objectValue?["arg"]?.stringValue,
        let span = ArgumentPlaces(call.span).span(of: argument)
      else { continue }
      failure.span = span
      if let text = label.objectValue?["text"]?.stringValue, !text.isEmpty {
        failure.message += ": \(text)"
      }
      break
    }
    return failure
  }
}

/// Where the arguments of a command stand in its text.
struct ArgumentPlaces {
  private let span: Span

  /// `span` is that of the command with its arguments.
  init(_ span: Span) { self.span = span }

  /// Of the flag, or of the positional argument whose place the name is, from 0.
  func span(of name: String) -> Span? {
    let script = Parser.parse(SourceText(name: "<call>", text: span.text))
    guard let statement = script.code.statements.first,
      case .pipeline(let pipeline) = statement.kind,
      case .command(let command)? = pipeline.stages.first?.kind
    else { return nil }
    for (index, argument) in command.arguments.enumerated() {
      guard case .flag(let flag, let attached) = argument.kind, flag == name else { continue }
      let value = command.arguments.dropFirst(index + 1).first
      let found = attached?.span ?? value?.span ?? argument.span
      return place(argument.span.range.lowerBound..<found.range.upperBound)
    }
    let values = command.arguments.filter { if case .value = $0.kind { true } else { false } }
    guard let position = Int(name), values.indices.contains(position) else { return nil }
    return place(values[position].span.range)
  }

  private func place(_ range: Range<Int>) -> Span {
    let start = span.range.lowerBound
    return Span(span.source, start + range.lowerBound..<start + range.upperBound)
  }
}
