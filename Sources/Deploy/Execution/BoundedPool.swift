internal import Synchronization

/// How much a pool does at once.
struct PoolLimit {
    /// How many items; asked again before each is begun.
    let count: () -> Int
    /// What they may weigh together; a single item may weigh more.
    let weight: Int64
}

/// Runs `work` for every item, with no more at once than `limit` allows, and hands each result to `each`, in the order of completion.
///
/// A place must be free before the next item is begun, so never more run. Once the surrounding task is cancelled, or `isOpen` answers
/// false, no further item is begun; those in flight are awaited. Answers how many items were begun.
///
/// A task that is done with an item goes on with the next where there is room for that one alone: to begin and to await a task for each was a tenth of what
/// a small upload cost. `each`, `weight`, `isOpen` and the limit are called on whatever task it is, one at a time.
func runBounded<Item: Sendable, Result: Sendable>(
    _ items: some Sequence<Item>, limit: PoolLimit, weight: (Item) -> Int64, on executor: DiskExecutor, isOpen: () -> Bool,
    _ work: @escaping @Sendable (Item) async -> Result, each: (Result) -> Void
) async -> Int {
    var iterator = items.makeIterator()
    var next = iterator.next().map { Waiting($0, weight: weight($0)) }
    var running = 0
    var load: Int64 = 0
    var begun = 0

    /// True where the next item can be begun now.
    func hasRoom() -> Bool {
        guard let waiting = next else { return false }
        guard !Task.isCancelled, isOpen() else {
            next = nil
            return false
        }
        return running == 0 || running < limit.count() && load + waiting.weight <= limit.weight
    }

    /// Takes what has ended; answers what is to be begun for it.
    func turn(_ ended: Ended<Result>?) -> Begun<Item>? {
        if let ended {
            running -= 1
            load -= ended.weight
            each(ended.result)
        }
        guard hasRoom(), let waiting = next else { return nil }
        running += 1
        load += waiting.weight
        begun += 1
        next = iterator.next().map { Waiting($0, weight: weight($0)) }
        return Begun(what: waiting, leavesRoom: ended != nil && hasRoom())
    }

    await withoutActuallyEscaping(turn) { turn in
        let turns = Turns(turn)
        await withTaskGroup(of: Begun<Item>?.self) { group in
            var begun = turns.take(nil)
            while true {
                while let first = begun {
                    group.addTask(executorPreference: executor) {
                        var mine = first
                        while true {
                            let ended = Ended(result: await work(mine.what.item), weight: mine.what.weight)
                            guard let next = turns.take(ended) else { return nil }
                            // Where there is room for more than this, only the group can begin it.
                            if next.leavesRoom { return next }
                            mine = next
                        }
                    }
                    begun = turns.take(nil)
                }
                guard let handedOver = await group.next() else { return }
                begun = handedOver ?? turns.take(nil)
            }
        }
    }
    return begun
}

/// An item that waits for its place, and then has it; a class, because it goes through several hands.
private final class Waiting<Item: Sendable>: Sendable {
    let item: Item
    let weight: Int64

    init(_ item: Item, weight: Int64) {
        self.item = item
        self.weight = weight
    }
}

/// An item that has a place.
private struct Begun<Item: Sendable>: Sendable {
    let what: Waiting<Item>
    /// True where another could be begun, too.
    let leavesRoom: Bool
}

/// The result of an item that gives its place back.
private struct Ended<Result: Sendable>: Sendable {
    let result: Result
    let weight: Int64
}

/// What the tasks of a pool have in common, for one of them at a time.
///
/// `@unchecked Sendable` is sound: `turn`, and all that it reads and writes, is reached with the lock held only.
private final class Turns<Item: Sendable, Result: Sendable>: @unchecked Sendable {
    private let lock = Mutex(())
    private let turn: (Ended<Result>?) -> Begun<Item>?

    init(_ turn: @escaping (Ended<Result>?) -> Begun<Item>?) { self.turn = turn }

    /// Gives what has ended and takes what is to be begun.
    func take(_ ended: Ended<Result>?) -> Begun<Item>? { lock.withLock { _ in turn(ended) } }
}
