import Synchronization
import Testing

@testable import Deploy

@Suite(.timeLimit(.minutes(1))) struct BoundedPoolTests {
    /// As many run as the limit allows, never more, and each result is handed over once.
    @Test(arguments: [1, 2, 7, 17], [false, true])
    func asManyRunAsTheLimitAllows(_ limit: Int, _ savesThreads: Bool) async {
        let disk = DiskExecutor(threadCount: 3)
        disk.savesThreads(savesThreads)
        let running = Gauge()
        let barrier = Barrier(limit)
        var results: [Int] = []
        let begun = await runBounded(
            0..<limit * 40, limit: PoolLimit(count: { limit }, weight: .max), weight: { _ in 1 }, on: disk, isOpen: { true }
        ) { item in
            running.enter()
            // Goes on only when as many have come.
            await barrier.pass()
            running.leave()
            return item
        } each: {
            results.append($0)
        }
        #expect(begun == limit * 40)
        #expect(results.sorted() == [Int](0..<limit * 40))
        #expect(running.peak == limit)
        disk.stop()
    }

    @Test func nothingToDo() async {
        let disk = DiskExecutor(threadCount: 1)
        let begun = await runBounded(
            [Int](), limit: PoolLimit(count: { 1 }, weight: 1), weight: { _ in 1 }, on: disk, isOpen: { true }, { $0 },
            each: { _ in Issue.record("there is no result") })
        #expect(begun == 0)
        disk.stop()
    }

    /// What runs together weighs no more than is allowed, whatever comes after what; what is too heavy runs alone.
    @Test(arguments: [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [10, 1, 1, 1, 10, 1, 1], [25, 1, 25, 25, 1, 1], [4, 6, 4, 6, 4, 6], [9, 2, 9, 2, 9, 2], [25],
    ])
    func whatRunsWeighsNoMoreThanIsAllowed(_ weights: [Int64]) async {
        let disk = DiskExecutor(threadCount: 3)
        let load = Gauge()
        let count = Gauge()
        var done = 0
        let all = [[Int64]](repeating: weights, count: 50).flatMap { $0 }
        let begun = await runBounded(
            all, limit: PoolLimit(count: { 4 }, weight: 10), weight: { $0 }, on: disk, isOpen: { true }
        ) { weight in
            load.enter(Int(weight))
            count.enter()
            await Task.yield()
            let together = load.now
            count.leave()
            load.leave(Int(weight))
            return (weight, together)
        } each: { weight, together in
            done += 1
            #expect(together <= 10 || together == weight)
        }
        #expect(begun == all.count && done == all.count)
        #expect(count.peak <= 4)
        disk.stop()
    }

    /// What has ended weighs nothing any more: as many run as their weight allows, to the end.
    @Test func whatHasEndedGivesItsWeightBack() async {
        let disk = DiskExecutor(threadCount: 3)
        let running = Gauge()
        let barrier = Barrier(2)
        let begun = await runBounded(
            0..<100, limit: PoolLimit(count: { 4 }, weight: 10), weight: { _ in 5 }, on: disk, isOpen: { true }
        ) { _ in
            running.enter()
            await barrier.pass()
            running.leave()
        } each: {
        }
        #expect(begun == 100)
        #expect(running.peak == 2)
        disk.stop()
    }

    /// A limit that grows is used, also where nothing but the end of an item tells of it; one that shrinks is kept.
    @Test(arguments: [(1, 8), (2, 16), (8, 1), (16, 3)])
    func theLimitMayChange(_ before: Int, _ after: Int) async {
        let disk = DiskExecutor(threadCount: 2)
        let first = 48
        let gauge = Gauge()
        let barrier = Barrier(after)
        let limit = Mutex(before)
        var ended = 0
        let begun = await runBounded(
            0..<first + 10 * after, limit: PoolLimit(count: { limit.withLock { $0 } }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { true }
        ) { item in
            if item < first { return await Task.yield() }
            gauge.enter()
            await barrier.pass()
            gauge.leave()
        } each: {
            ended += 1
            // No more than the first have been begun.
            if ended == first - before { limit.withLock { $0 = after } }
        }
        #expect(begun == first + 10 * after)
        #expect(ended == begun)
        #expect(gauge.peak == after)
        disk.stop()
    }

    /// Once it is closed nothing is begun, though it were open again; what is under way is awaited.
    @Test(arguments: [1, 4])
    func nothingIsBegunOnceItIsClosed(_ limit: Int) async {
        let disk = DiskExecutor(threadCount: 2)
        var asked = 0
        var results = 0
        let begun = await runBounded(
            0..<100, limit: PoolLimit(count: { limit }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: {
                asked += 1
                return asked != 20
            }, { $0 }, each: { _ in results += 1 })
        #expect(begun > 0 && begun < 20)
        #expect(results == begun)
        disk.stop()
    }

    @Test func nothingIsBegunOnceItIsCancelled() async {
        let disk = DiskExecutor(threadCount: 2)
        let reached = Barrier(4)
        let run = Task {
            var results = 0
            let begun = await runBounded(
                0..<100, limit: PoolLimit(count: { 3 }, weight: .max), weight: { _ in 0 }, on: disk, isOpen: { true }
            ) { _ in
                await reached.pass()
                while !Task.isCancelled { await Task.yield() }
            } each: {
                results += 1
            }
            return (begun, results)
        }
        await reached.pass()
        run.cancel()
        #expect(await run.value == (3, 3))
        disk.stop()
    }

    /// One at a time, though many threads end items at once.
    @Test func resultsAreHandedOverOneAtATime() async {
        let disk = DiskExecutor(threadCount: 4)
        let inside = Gauge()
        _ = await runBounded(
            0..<20_000, limit: PoolLimit(count: { 8 }, weight: .max), weight: { _ in 0 }, on: disk, isOpen: { true }, { $0 },
            each: { _ in
                inside.enter()
                inside.leave()
            })
        #expect(inside.peak == 1)
        disk.stop()
    }
}

/// How much is under way, and how much was at most.
private final class Gauge: Sendable {
    private let state = Mutex((now: 0, peak: 0))

    func enter(_ weight: Int = 1) {
        state.withLock { state in
            state.now += weight
            state.peak = max(state.peak, state.now)
        }
    }

    func leave(_ weight: Int = 1) { state.withLock { $0.now -= weight } }

    var now: Int { state.withLock { $0.now } }
    var peak: Int { state.withLock { $0.peak } }
}

/// Lets go on as soon as `count` have come, and begins anew; lets all go on once one of them is cancelled, as a test is whose time is up.
private final class Barrier: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isBroken = false

        mutating func letGo() -> [CheckedContinuation<Void, Never>] {
            defer { waiting = [] }
            return waiting
        }
    }

    private let count: Int
    private let state = Mutex(State())

    init(_ count: Int) { self.count = count }

    func pass() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let all = state.withLock { state in
                    state.waiting.append(continuation)
                    return state.isBroken || state.waiting.count == count ? state.letGo() : []
                }
                for one in all { one.resume() }
            }
        } onCancel: {
            let all = state.withLock { state in
                state.isBroken = true
                return state.letGo()
            }
            for one in all { one.resume() }
        }
    }
}
