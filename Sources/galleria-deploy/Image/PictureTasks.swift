internal import Deploy
internal import Foundation

/// Works on many pictures at once, on threads of its own, because decoding computes and blocks.
enum PictureTasks {
    /// Calls `work` for each of `items`, one for each processor at once but no more than eight, whose memory is then what a deploy has, too; hands the
    /// results to `each` in the order of the items.
    static func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async -> Value, each: (Value) throws -> Void
    ) async throws {
        let width = min(max(1, ProcessInfo.processInfo.activeProcessorCount), 8, max(1, items.count))
        let executor = DiskExecutor(threadCount: width)
        defer { executor.stop() }
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var begun = 0
            var next = 0
            var waiting: [Int: Value] = [:]
            func begin() {
                guard begun < items.count else { return }
                let index = begun
                let item = items[index]
                group.addTask(executorPreference: executor) { (index, await work(item)) }
                begun += 1
            }
            for _ in 0..<width { begin() }
            while let (index, value) = try await group.next() {
                waiting[index] = value
                // Results in memory stay few: no picture is begun that is far ahead of one that takes long.
                while let value = waiting.removeValue(forKey: next) {
                    try each(value)
                    next += 1
                }
                while begun < items.count, begun - next < width * 4, begun - next - waiting.count < width { begin() }
            }
        }
    }
}
