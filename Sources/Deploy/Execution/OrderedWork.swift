/// Does `work` for every item, at most `limit` at once, and answers the results in the order of the items.
public func inOrder<Item: Sendable, Result: Sendable>(
    _ items: [Item], atOnce limit: Int, _ work: @escaping @Sendable (Item) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results: [Result?] = Array(repeating: nil, count: items.count)
        var next = 0
        while next < items.count {
            if next >= max(1, limit), let (at, result) = await group.next() { results[at] = result }
            let (at, item) = (next, items[next])
            group.addTask { (at, await work(item)) }
            next += 1
        }
        for await (at, result) in group { results[at] = result }
        return results.compactMap { $0 }
    }
}
