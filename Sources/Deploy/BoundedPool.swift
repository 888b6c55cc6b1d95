/// Runs `work` for every item with at most `limit` at once and hands each result to `each`, in the order of completion.
///
/// A place must be free before the next task is added, so never more than `limit` run. Once the surrounding task is cancelled, or `isOpen`
/// answers false, no further item is begun; those in flight are awaited. Answers how many items were begun.
func runBounded<Item: Sendable, Result: Sendable>(
    _ items: some Sequence<Item>, limit: Int, on executor: DiskExecutor, isOpen: () -> Bool,
    _ work: @escaping @Sendable (Item) async -> Result,
    each: (Result) -> Void
) async -> Int {
    await withTaskGroup(of: Result.self) { group in
        var iterator = items.makeIterator()
        var running = 0
        var begun = 0
        while !Task.isCancelled, isOpen() {
            if running == limit, let result = await group.next() {
                running -= 1
                each(result)
                continue
            }
            guard let item = iterator.next() else { break }
            group.addTask(executorPreference: executor) { await work(item) }
            running += 1
            begun += 1
        }
        for await result in group { each(result) }
        return begun
    }
}
