internal import ArgumentParser
internal import Configuration
internal import Picture
internal import Source

/// What becomes of the configuration's `derivatives`.
struct DerivativeArguments: ParsableArguments {
    @Flag(
        name: .customLong("no-derivatives"),
        help: "Deploy the files alone; the pictures that `derivatives` made of them stay as they are.")
    var isOff = false

    @Flag(
        help:
            "Make every picture of `derivatives` anew and send those that come out otherwise, such as after an update of libvips.")
    var rerender = false

    func validate() throws {
        if isOff, rerender { throw ValidationError("--no-derivatives and --rerender exclude each other.") }
    }
}

extension DeploySettings.Job {
    /// What makes the pictures that the settings ask for; nil where they ask for none. What is missing for that is a fault.
    func maker(_ arguments: DerivativeArguments) throws -> DerivativeMaker? {
        let derivatives = settings.derivatives
        guard !derivatives.isEmpty, !arguments.isOff else { return nil }
        do throws(PictureError) {
            let library = try PictureLibrary.loaded()
            for format in Set(derivatives.map(\.rendering.format)) where !library.writes(format) { throw .cannotWrite(format) }
            return DerivativeMaker(derivatives, by: DerivativeMaker.Drawing(library))
        } catch {
            throw Fault(
                .configuration,
                "the pictures of `derivatives` cannot be made, and nothing was sent: \(error) --no-derivatives deploys the files alone.")
        }
    }
}
