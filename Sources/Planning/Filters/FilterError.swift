internal import Vocabulary

/// A rule of a filter that cannot be read.
public struct FilterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where it was said.
    public let origin: FilterRule.Origin
    /// What is wrong with it, and how to write it.
    public let problem: String

    /// `FILE:LINE: what is wrong`, or the option's name in front.
    public var description: String {
        switch origin {
        case .option(let name): "\(name): \(problem.escapedForTerminal)"
        case .line(let line, let file): "\(file.escapedForTerminal):\(line): \(problem.escapedForTerminal)"
        case .setting(let name): "\(name): \(problem.escapedForTerminal)"
        }
    }
}
