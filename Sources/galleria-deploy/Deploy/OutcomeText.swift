internal import Deploy
internal import Planning
internal import Vocabulary

/// What became of one file or object, as a line.
enum OutcomeText {
    static func line(_ outcome: Outcome) -> String {
        switch outcome {
        case .uploaded(let path, let reason, let size, _):
            "sent \(path.string.escapedForTerminal) (\(reason.rawValue), \(Quantity.bytes(size)))"
        case .headersUpdated(let path): "headers \(path.string.escapedForTerminal)"
        case .copied(let path, let source, _): "copied \(path.string.escapedForTerminal) from \(source.string.escapedForTerminal)"
        case .adopted(let path): "adopted \(path.string.escapedForTerminal)"
        case .deleted(let key): "deleted \(key.string.escapedForTerminal)"
        case .failed(let path, let cause): "failed \(path): \(cause)"
        }
    }
}
