/// What is wrong with a policy.
package enum PolicyError: Error, Equatable {
  case unknownKey(String)
  case count(key: String, text: String)
  case span(key: String, text: String, Span)
  case empty
  case keepsNothing

  /// What is wrong with a time to count back.
  package enum Span: Error, Equatable {
    case noUnit
    case negative
    case unknownUnit(String)
    case unitTwice(Character)
    case tooLong
  }

  package var message: String {
    switch self {
    case .unknownKey(let key): "there is no rule '\(key)'"
    case .count(Policy.floorKey, let text):
      "'--\(Policy.floorKey)' must be a number from 0, not '\(text)'"
    case .count(let key, let text):
      "'--\(key)' must be a number from 0 or '\(Policy.unlimited)', not '\(text)'"
    case .span(let key, let text, let error):
      switch error {
      case .noUnit: "'--\(key)' must be a time such as 30d or 1y6m, not '\(text)'"
      case .negative: "'--\(key)' can't be negative: '\(text)'"
      case .unknownUnit(let unit): "unknown unit '\(unit)' in '--\(key) \(text)'"
      case .unitTwice(let unit): "the unit '\(unit)' comes twice in '--\(key) \(text)'"
      case .tooLong: "'--\(key) \(text)' is too long a time"
      }
    case .empty: "no rule says what to keep, so nothing is deleted"
    case .keepsNothing: "the rules would keep nothing, so nothing is deleted"
    }
  }

  package var help: String? {
    switch self {
    case .span(_, _, .unknownUnit): "there are y, m (months), d and h"
    case .empty: "such as --keep-daily 7 --keep-weekly 4, or a profile's rules by --policy NAME"
    case .keepsNothing: "give at least one rule more than 0"
    default: nil
    }
  }
}
