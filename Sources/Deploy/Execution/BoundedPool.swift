/// How much a pool does at once.
struct PoolLimit {
    /// How many items; asked again before each is begun.
    let count: () -> Int
    /// What they may weigh together; a single item may weigh more.
    let weight: Int64
}

/// Runs `work` for every item, with no more at once than `limit` allows, and hands each result to `each`, in the order of completion.
///
/// A place must be free before the next task is added, so never more run. Once the surrounding task is cancelled, or `isOpen` answers
/// false, no further item is begun; those in flight are awaited. Answers how many items were begun.
func runBounded<Item: Sendable, Result: Sendable>(
    _ items: some Sequence<Item>, limit: PoolLimit, weight: (Item) -> Int64, on executor: DiskExecutor, isOpen: () -> Bool,
    _ work: @escaping @Sendable (Item) async -> Result, each: (Result) -> Void
) async -> Int {
    await withTaskGroup(of: (weight: Int64, result: Result).self) { group in
        var iterator = items.makeIterator()
        var next = iterator.next()
        var running = 0
        var load: Int64 = 0
        var begun = 0
        while !Task.isCancelled, isOpen(), let item = next {
            let itemWeight = weight(item)
            if running > 0, running >= limit.count() || load + itemWeight > limit.weight, let ended = await group.next() {
                running -= 1
                load -= ended.weight
                each(ended.result)
                continue
            }
            group.addTask(executorPreference: executor) { (itemWeight, await work(item)) }
            running += 1
            load += itemWeight
            begun += 1
            next = iterator.next()
        }
        for await ended in group { each(ended.result) }
        return begun
    }
}
