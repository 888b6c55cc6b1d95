/// A fault that ends a command: what is said on standard error, and the exit status.
struct Fault: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
