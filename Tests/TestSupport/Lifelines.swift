internal import Glibc
internal import Synchronization

/// The pipes that keep the tests' servers alive. The kernel closes them when the test process ends, however it ends; on an
/// orderly end they are closed here and the servers' farewell is waited for, so that nothing runs on after the last line of output.
enum Lifelines {
    private static let open = Mutex<[(descriptor: Int32, process: ChildProcess)]>([])
    private static let registered: Void = {
        _ = atexit { Lifelines.closeAll() }
    }()

    static func add(_ descriptor: Int32, of process: ChildProcess) {
        _ = registered
        open.withLock { $0.append((descriptor, process)) }
    }

    private static func closeAll() {
        let lines = open.withLock { lines in
            defer { lines = [] }
            return lines
        }
        for line in lines { close(line.descriptor) }
        for line in lines { _ = line.process.wait() }
    }
}
