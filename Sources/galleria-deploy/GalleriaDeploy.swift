import ArgumentParser

@main
struct GalleriaDeploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "galleria-deploy", abstract: "Publish a photo gallery to an S3-compatible bucket.")
    func run() async throws {}
}
