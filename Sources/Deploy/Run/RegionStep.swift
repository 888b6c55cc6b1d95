internal import S3
internal import State

/// Finds out the bucket's region where nobody said it: once, kept in the local state, and corrected there when the server tells another.
struct RegionStep {
    /// The name under which the state keeps it.
    static let fact = "region"

    let store: S3Client
    let state: StateSession

    /// Before the first request.
    func begin() async {
        if let known = state.fact(Self.fact) { store.use(region: known) } else if let found = await store.discoverRegion() { keep(found) }
    }

    /// After the last: what was learnt on the way.
    func end() {
        if let known = state.fact(Self.fact), known != store.region { keep(store.region) }
    }

    private func keep(_ region: String) { state.recorder?.note(fact: Self.fact, region) }
}
