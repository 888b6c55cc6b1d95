internal import Planning
internal import Vocabulary

/// What is done for one file.
enum FileAction: Sendable {
    case send(PlannedUpload)
    case updateHeaders(PlannedHeaderUpdate)

    /// The most content that it holds in memory, in bytes: all of a small file or a coded one, of a large one the window of each part that is on its way.
    func memory(_ upload: Upload) -> Int64 {
        switch self {
        case .send(let planned): upload.memory(forSending: planned.file)
        // Where the copy is refused, the file is sent.
        case .updateHeaders(let planned): upload.memory(forSending: planned.file)
        }
    }

    /// True where an object is replaced.
    var replaces: Bool {
        switch self {
        case .send(let planned): planned.replacedSize != nil
        case .updateHeaders: true
        }
    }

    /// The file.
    var file: LocalFile {
        switch self {
        case .send(let planned): planned.file
        case .updateHeaders(let planned): planned.file
        }
    }

    /// The file's path.
    var path: Key {
        switch self {
        case .send(let planned): planned.file.path
        case .updateHeaders(let planned): planned.file.path
        }
    }
}

/// The actions of one wave, first the uploads, each in key order; picked out of the plan one by one, because a list of them would be as large.
struct WaveActions: Sequence, IteratorProtocol {
    private let wave: Wave
    private let plan: Plan
    private var upload = 0
    private var headerUpdate = 0

    init(of wave: Wave, in plan: Plan) {
        self.wave = wave
        self.plan = plan
    }

    mutating func next() -> FileAction? {
        while upload < plan.uploads.count {
            upload += 1
            if Wave(path: plan.uploads[upload - 1].file.path) == wave { return .send(plan.uploads[upload - 1]) }
        }
        while headerUpdate < plan.headerUpdates.count {
            headerUpdate += 1
            if Wave(path: plan.headerUpdates[headerUpdate - 1].file.path) == wave {
                return .updateHeaders(plan.headerUpdates[headerUpdate - 1])
            }
        }
        return nil
    }
}
