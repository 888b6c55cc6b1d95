internal import Configuration
internal import Deploy
internal import Planning
internal import S3
internal import State
internal import Vocabulary

/// Where a deploy's local state lies.
enum StatePlace {
    /// The options for the driver; nil where no state is kept. What prevents a state is a warning; only a wrong path is a fault.
    static func resolve(
        _ job: DeploySettings.Job, isOff: Bool, environment: [String: String], warn: (String) -> Void
    ) throws -> StateOptions? {
        if isOff { return nil }
        let location = StateLocation(
            endpoint: job.place.endpoint.value.description, bucket: job.address.bucket, prefix: job.address.prefix.string,
            source: job.source)
        let exclusions = DefaultExclusions(publishesDotfiles: job.settings.publishesDotfiles)
        func isPublished(_ path: String) -> Bool {
            let name = path.split(separator: "/").last ?? ""
            let names = ["", "-wal", "-shm"].map { name + $0 }
            return OutsideSource.lies(path, in: job.source) && names.contains { exclusions.exclusion(ofName: Array($0.utf8)) == nil }
        }
        if let path = job.settings.values.state {
            guard !path.isEmpty, path.last != "/" else { throw Fault(.usage, "--state takes the path of a file.") }
            guard !isPublished(path) else {
                throw Fault(
                    .usage, "the state \(path.escapedForTerminal) lies in SOURCE and would be published with it. Name a file elsewhere.")
            }
            return StateOptions(path: path, location: location, replacesDamaged: false, now: StateOptions.systemClock)
        }
        let path: String
        do throws(StateError) { path = try location.path(environment: environment) } catch {
            warn("\(error.description) The deploy goes on without it.")
            return nil
        }
        guard !isPublished(path) else {
            warn(
                "the local state would lie in SOURCE and be published (\(path.escapedForTerminal)). The deploy goes on without it; --state FILE names another place."
            )
            return nil
        }
        return StateOptions(path: path, location: location, replacesDamaged: true, now: StateOptions.systemClock)
    }
}
