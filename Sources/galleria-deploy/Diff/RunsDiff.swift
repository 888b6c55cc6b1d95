internal import Deploy
internal import Foundation
internal import State
internal import Vocabulary

/// What the runs between two changed in all, by the history: what one run added and a later one deleted is no difference.
struct RunsDiff {
    let job: DeploySettings.Job

    func changes(after first: Int64, upTo last: Int64, environment: [String: String]) throws -> [DiffDocument.Change] {
        guard let state = try StatePlace.resolve(job, isOff: false, environment: environment, warn: { _ in }),
            FileManager.default.fileExists(atPath: state.path)
        else { throw Fault(.someFailed, "no run of \(job.source.escapedForTerminal) to \(job.address) is recorded.") }
        do throws(StateError) { return Self.changes(try runs(first, last, state)) } catch {
            throw Fault(.configuration, error.description)
        }
    }

    private func runs(_ first: Int64, _ last: Int64, _ state: StateOptions) throws(StateError) -> [RunChange] {
        let history = RunHistory(try StateDatabase(at: state.path, of: state.location))
        var all: [RunChange] = []
        for (number, _) in try history.runs(limit: 1000).reversed() where number > first && number <= last {
            all += try history.changes(of: number)
        }
        return all
    }

    /// Folds changes, in the order in which they were made.
    static func changes(_ all: [RunChange]) -> [DiffDocument.Change] {
        struct Fold {
            /// Nil where it is not known whether there was an object before.
            var wasThere: Bool
            var isThere: Bool
            var what: String
            var size: Int64?
        }
        var folds: [Key: Fold] = [:]
        for change in all where change.action != "failed" {
            let isDeletion = change.action == "delete"
            let isNew = change.reason?.hasPrefix("new") == true || change.action == "copy"
            let what = ["headers", "adopt"].contains(change.action) ? "headers" : "content"
            var fold = folds[change.key] ?? Fold(wasThere: !isNew, isThere: !isNew, what: "headers", size: nil)
            fold.isThere = !isDeletion
            if what == "content" { fold.what = what }
            fold.size = isDeletion ? nil : change.size ?? fold.size
            folds[change.key] = fold
        }
        return folds.sorted { $0.key < $1.key }.compactMap { key, fold in
            switch (fold.wasThere, fold.isThere) {
            case (false, false): nil
            case (false, true): DiffDocument.Change(change: "added", key: key.string, size: fold.size)
            case (true, false): DiffDocument.Change(change: "removed", key: key.string)
            case (true, true): DiffDocument.Change(change: "changed", key: key.string, what: fold.what, size: fold.size)
            }
        }
    }
}
