internal import Picture
internal import Vocabulary

/// A fault of one picture among several.
enum PictureFault {
    /// Says what is wrong with a picture; answers the status for it. A fault of the installation, which would be the same for all others, is thrown.
    static func tell(_ error: any Error, of place: PicturePlace, _ console: Console) throws -> ExitStatus {
        let name = place == .standard ? "standard input" : place.name.escapedForTerminal
        switch error {
        case let error as PictureError where error.isOfInstallation: throw Fault(.configuration, error.description)
        case let error as Fault:
            console.complain("galleria-deploy: " + (error.message.hasPrefix(name) ? "" : name + ": ") + error.message)
            return error.status
        default:
            console.complain("galleria-deploy: \(name): \(error)")
            return .someFailed
        }
    }
}
