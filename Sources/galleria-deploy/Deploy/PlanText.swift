internal import Planning
internal import Vocabulary

/// A plan as lines: each action with its reason and size, then what it adds up to.
struct PlanText {
    let plan: Plan
    let prefix: Prefix

    var lines: [String] {
        var lines: [String] = []
        for wave in Wave.allCases {
            for upload in plan.uploads(of: wave) {
                let size =
                    upload.file.derivative == nil || upload.deployedSize != nil
                    ? Quantity.bytes(upload.expectedSize) : "made of \(upload.file.sourcePath.string.escapedForTerminal)"
                let action = upload.copy == nil ? "upload" : "copy  "
                let source = upload.copy.map { "  from \(name($0.path))" } ?? ""
                lines.append("\(action)  \(Self.pad(upload.reason.rawValue))  \(name(upload.file.path))  \(size)\(source)")
            }
        }
        for update in plan.headerUpdates {
            let words = update.isAdoption ? "adopt   \(Self.pad("same"))" : "headers \(Self.pad("changed"))"
            lines.append("\(words)  \(name(update.file.path))")
        }
        for object in plan.deletions {
            lines.append("delete  \(Self.pad("gone"))  \(object.key.string.escapedForTerminal)  \(Quantity.bytes(object.size))")
        }
        return lines + [total]
    }

    /// What the plan adds up to.
    var total: String {
        var requests = plan.uploads.count
        // Look at what is copied first.
        requests += plan.copyCount
        // Ask what the object has besides, ask who may read it, copy.
        requests += plan.headerUpdates.count * 3
        requests += (plan.deletions.count + 999) / 1000
        return "plan: \(Quantity.count(plan.uploads.count - plan.copyCount, "upload")) (\(Quantity.bytes(plan.uploadBytes))), "
            + (plan.copyCount == 0 ? "" : "\(plan.copyCount) copied on the server, ")
            + (plan.headerUpdates.isEmpty ? "" : "\(Quantity.count(plan.headerUpdates.count, "header update")), ")
            + "\(Quantity.count(plan.deletions.count, "deletion")), \(plan.unchangedCount) unchanged; "
            + "\(Quantity.count(requests, "request")) would be sent"
    }

    private func name(_ path: Key) -> String { prefix.key(for: path).string.escapedForTerminal }

    private static func pad(_ word: String) -> String { word + String(repeating: " ", count: max(0, 10 - word.count)) }
}
