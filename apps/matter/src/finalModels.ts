import * as models from "@matter/model"

/**
 * The clusters whose types matter.js builds while it is loaded. For each it names all data types, and looks up every
 * base of every element again and again, unless the model is final, which keeps them. It makes most of these models
 * final anyway, but later. This saves a fifth of the processor time of loading (docs/decisions/0023).
 */
const used = [
  models.AccessControl,
  models.Actions,
  models.AdministratorCommissioning,
  models.AirQuality,
  models.BasicInformation,
  models.BooleanStateConfiguration,
  models.BridgedDeviceBasicInformation,
  models.CarbonDioxideConcentrationMeasurement,
  models.CommissionerControl,
  models.Descriptor,
  models.DiagnosticLogs,
  models.EcosystemInformation,
  models.GeneralCommissioning,
  models.GeneralDiagnostics,
  models.GroupKeyManagement,
  models.Groupcast,
  models.IcdManagement,
  models.LocalizationConfiguration,
  models.NetworkCommissioning,
  models.OccupancySensing,
  models.OperationalCredentials,
  models.OtaSoftwareUpdateProvider,
  models.OtaSoftwareUpdateRequestor,
  models.PowerSource,
  models.ThreadNetworkDiagnostics,
  models.TimeFormatLocalization,
  models.TimeSynchronization,
  models.TlsCertificateManagement,
  models.TlsClientManagement,
  models.WiFiNetworkDiagnostics,
]

for (const model of used) model.finalize()
