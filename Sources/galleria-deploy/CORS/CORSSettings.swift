internal import Bucket
internal import Configuration

extension TargetSettings {
    /// What the gallery needs of the bucket's rules, by the configuration. Throws where no server would take such a rule.
    func corsNeeds() throws -> CORSNeeds {
        var needs = CORSNeeds()
        if let origins = values.corsOrigins, !origins.isEmpty { needs.origins = origins }
        if let methods = values.corsMethods, !methods.isEmpty { needs.methods = methods.map(\.rawValue) }
        if let headers = values.corsHeaders { needs.headers = headers }
        if let exposed = values.corsExpose { needs.exposed = exposed }
        if let age = values.corsMaxAge { needs.maxAgeSeconds = age }
        if let fault = CORSRuleFault(needs) { throw Fault(.configuration, "the CORS settings cannot be met: \(fault).") }
        return needs
    }
}
