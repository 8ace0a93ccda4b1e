# SPDX-License-Identifier: MIT
"""Headings as registries, published tables and sheets of clinics have them, with what each means.

English, German and Spanish. ``NOT_READ`` are those for which the record has no place, and those
that could mean two things: a person says.
"""

from __future__ import annotations

_READ: dict[str, str] = {
    "patient.patient_code": "Patient ID|Pt ID|Subject ID|Study number|Pat.-ID|Patienten-Nr.|"
    "Pseudonym|ID del paciente|Código del paciente|Nº de paciente|Registry ID",
    "patient_identity.record_number": "MRN|Medical record number|Hospital number|Historia clínica",
    "patient.sex": "Sex|Gender|Sex (M/F)|Geschlecht|Sexo|Patient sex",
    "patient.birth_date": "Date of birth|DOB|Birth date|Geburtsdatum|Fecha de nacimiento",
    "patient.died_on": "Date of death|Death date|Todesdatum|Sterbedatum|Fecha de defunción|"
    "Fecha de fallecimiento|Fecha de muerte",
    "procedure.age_at_procedure": "Age|Age (years)|Age at surgery|Age at the time of surgery|"
    "Patient age|Alter|Alter bei OP|Alter (Jahre)|Edad|Edad (años)",
    "procedure.height_cm": "Height (cm)|Body height (cm)|Körpergröße (cm)|Talla (cm)|Größe (cm)",
    "procedure.weight_kg": "Weight (kg)|Body weight|Body weight (kg)|Gewicht (kg)|Peso (kg)|"
    "Körpergewicht",
    "procedure.asa_class": "ASA|ASA score|ASA grade|ASA physical status|ASA-Klassifikation|"
    "Clasificación ASA",
    "procedure.osteoporosis": "Osteoporosis|Osteoporose",
    "procedure.t_score": "T-score|Bone density T-score|BMD T-score|BMD (T-score)|DEXA T-score|"
    "Lowest T-score|T-score (lumbar spine)|T-Wert|T-Score DXA|DXA T-Score|Lumbar T-score|"
    "Densitometría (T-score)",
    "procedure.steroid_use": "Steroid use|Steroids|Corticosteroids|Corticosteroid use|"
    "Glucocorticoids|Kortison|Corticoides",
    "procedure.malignancy": "Malignancy|Cancer|Known malignancy|Malignom|Tumorleiden",
    "procedure.anticoagulation": "Anticoagulation|Anticoagulants|Anticoagulant use|"
    "Blood thinners|Antikoagulation|Anticoagulación|Anticoagulantes",
    "procedure.smoker": "Smoker|Smoking|Smoking status|Raucher|Fumador|Tabaquismo",
    "procedure.history": "Medical history|Comorbidities|Past medical history|Vorerkrankungen|"
    "Nebendiagnosen|Comorbilidades|Antecedentes",
    "procedure.pain_onset_on": "Pain onset|Onset of pain|Symptom onset|Date of symptom onset|"
    "Date of pain onset|Schmerzbeginn|Beginn der Schmerzen|Inicio del dolor|Inicio de los síntomas",
    "procedure.pain_duration": "Pain duration|Duration of pain|Symptom duration|"
    "Duration of symptoms|Schmerzdauer|Symptomdauer|Duración del dolor|Duración de los síntomas",
    "procedure.conservative_weeks": "Conservative treatment (weeks)|Conservative treatment|"
    "Weeks of conservative treatment|Conservative therapy (weeks)|Conservative care weeks|"
    "Konservative Therapie (Wochen)|Konservative Behandlung (Wochen)|"
    "Tratamiento conservador (semanas)|Semanas de tratamiento conservador",
    "prior_treatment.kind": "Prior treatment|Prior treatments|Previous treatment|"
    "Previous treatments|Prior therapy|Vorbehandlung|Vorbehandlungen|Tratamiento previo|"
    "Tratamientos previos",
    "procedure.analgesic_before": "Analgesics before|Analgesics pre|Preop analgesics|"
    "Analgesics at baseline|Schmerzmittel prä|Analgésicos pre|Pain medication before",
    "procedure.analgesic_drug": "Analgesic drug|Name of analgesic",
    "procedure.mobility_before": "Mobility before|Mobility pre|Preoperative mobility|"
    "Mobility preop|Mobilität präop",
    "procedure.performed_on": "Date of surgery|Surgery date|Operation date|Date of operation|"
    "Date of procedure|Procedure date|OP-Datum|Datum der OP|OP-Tag|Datum des Eingriffs|"
    "Fecha de la cirugía|Fecha de cirugía|Fecha de intervención|Fecha de la intervención|"
    "Date of the procedure|Date of vertebroplasty|Date of kyphoplasty|Kyphoplasty date|"
    "Fecha del procedimiento",
    "procedure.operator": "Surgeon|Operator|Operating surgeon|Surgeon name|Primary surgeon|"
    "Name of surgeon|Operateur|Cirujano|Interventional radiologist",
    "procedure.supervisor": "Supervisor|Attending|Supervising surgeon",
    "procedure.anesthesia": "Anesthesia|Type of anesthesia|Anesthesia type|Anaesthetic|"
    "Narkose|Anästhesie|Narkoseart|Art der Anästhesie|Anestesia|Tipo de anestesia",
    "procedure.guidance": "Image guidance|Imaging guidance|Guidance|Bildgebung|Guía de imagen",
    "procedure.table_position": "Patient position|Positioning|Lagerung|Posición del paciente",
    "procedure.antibiotic": "Antibiotic|Antibiotic prophylaxis|Antibiotics|Antibiotikaprophylaxe|"
    "Profilaxis antibiótica",
    "procedure.started_at": "Start time|Surgery start|Surgery start time|Procedure start|"
    "OP-Beginn|Hora de inicio",
    "procedure.ended_at": "End time|Surgery end|Procedure end time|OP-Ende|Hora de fin",
    "procedure.minutes": "Operative time (min)|Operating time (min)|Operation time|OR time (min)|"
    "Surgical time|Surgery time (min)|Duration of surgery|Duration of procedure|Surgery duration|"
    "Procedure time (min)|Procedure duration|Length of surgery (min)|OP-Dauer (min)|OP-Zeit|"
    "Operationsdauer|Operationszeit|Dauer (min)|Eingriffsdauer|Schnitt-Naht-Zeit|"
    "Tiempo quirúrgico|Tiempo quirúrgico (min)|Tiempo operatorio|Duración de la cirugía|"
    "Duración de la intervención|Duración (min)|Skin-to-skin time",
    "procedure.blood_loss_ml": "Blood loss|Blood loss (mL)|Estimated blood loss|EBL (ml)|"
    "Intraoperative blood loss|Blutverlust|Blutverlust (ml)|Pérdida de sangre|"
    "Sangrado (ml)|Pérdida sanguínea|Sangrado intraoperatorio",
    "procedure.fluoro_time_s": "Fluoroscopy time|Fluoroscopy time (s)|Fluoro time (min)|"
    "X-ray time|Screening time|Durchleuchtungszeit|DL-Zeit (min)|Durchleuchtungsdauer|"
    "Tiempo de fluoroscopia|Tiempo de escopia (s)|Fluoroscopic time|Röntgenzeit",
    "procedure.kap_gycm2": "DAP (Gy*cm2)|DAP|Dose area product|Dosisflächenprodukt|KAP|"
    "Producto dosis-área",
    "procedure.air_kerma_mgy": "Air kerma (mGy)|Cumulative air kerma|Reference air kerma|"
    "Radiation dose (mGy)",
    "procedure.cement_product": "Cement product|Cement brand|Brand of cement|Cement name|"
    "Cement manufacturer|Zementprodukt|Zementmarke|Zementhersteller|Marca de cemento|"
    "Marca del cemento",
    "procedure.cement_lot": "Cement lot|Cement lot number|Zement-Charge|Lote del cemento",
    "procedure.technical_success": "Technical success|Technischer Erfolg|Éxito técnico",
    "procedure.discharge": "Discharge|Inpatient/outpatient|Ambulant/stationär",
    "procedure.discharged_on": "Discharge date|Date of discharge|Discharged on|Entlassungsdatum|"
    "Datum der Entlassung|Entlassdatum|Fecha de alta|Fecha del alta|Fecha de egreso",
    "procedure.any_complication": "Complication|Complications|Any complication|"
    "Complication (yes/no)|Complications (y/n)|Komplikation|Komplikationen|Complicación|"
    "Complicaciones|Perioperative complications|Procedural complications",
    "adverse_event.kind": "Adverse event|Adverse events|Type of complication|Complication type|"
    "AE|Unerwünschtes Ereignis|Unerwünschte Ereignisse|Art der Komplikation|Evento adverso|"
    "Eventos adversos|Tipo de complicación|Serious adverse event",
    "adverse_event.clavien_dindo": "Clavien-Dindo|Clavien-Dindo grade|Clavien|Clavien Dindo class",
    "adverse_event.onset_on": "Date of complication|Complication date|Adverse event date|"
    "Date of adverse event|Datum der Komplikation|Fecha de la complicación",
    "procedure.lung_cement": "Pulmonary cement embolism|Cement embolism|Cement PE|"
    "Pulmonary cement embolus|Pulmonale Zementembolie|Zementembolie|"
    "Embolia pulmonar de cemento|Embolia de cemento",
    "procedure.notes": "Notes|Remarks|Comments|Remark|Bemerkungen|Anmerkungen|Anmerkung|"
    "Kommentar|Observaciones|Comentarios|Notas|Free text|Other comments",
    "treated_level.level": "Level|Treated level|Level treated|Vertebra|Vertebral level|"
    "Fracture level|Level of fracture|Fractured vertebra|Spinal level|Höhe|Segment|Wirbel|"
    "Wirbelkörper|Frakturhöhe|Behandelter Wirbel|Nivel|Nivel tratado|Vértebra|Vértebra tratada|"
    "Nivel de la fractura|Operated level|Level operated|Site of fracture",
    "treated_level.diagnosis": "Diagnosis|Indication|Etiology|Pathology|Fracture etiology|"
    "Diagnose|Indikation|Ätiologie|Diagnóstico|Etiología|"
    "Indicación|Indication for surgery|Primary diagnosis",
    "treated_level.of_class": "OF class|OF classification|OF type|OF-Klassifikation|OF-Typ|"
    "OF-Grad|AO Spine-DGOU OF classification|Clasificación OF",
    "treated_level.genant": "Genant|Genant grade|Genant classification|Genant score|Genant-Grad|"
    "Grado de Genant|Genant semiquantitative grade|Clasificación de Genant",
    "treated_level.fracture_age_days": "Fracture age (days)|Age of fracture (days)|"
    "Age of the fracture|Frakturalter (Tage)|Alter der Fraktur|Edad de la fractura|"
    "Antigüedad de la fractura (días)|Fracture age (weeks)",
    "treated_level.marrow_edema": "Bone marrow edema|Edema on MRI|MRI edema|STIR positive|"
    "Knochenmarködem|Edema óseo|Edema en RM|Bone marrow oedema",
    "treated_level.intravertebral_cleft": "Intravertebral cleft|Cleft|Vacuum cleft|"
    "Intravertebral vacuum cleft|Cleft sign",
    "treated_level.posterior_wall": "Posterior wall|Posterior wall involvement|"
    "Hinterkantenbeteiligung|Muro posterior|Afectación del muro posterior",
    "treated_level.neuro_status": "Neurological status|Neurologic deficit|Neurological deficit|"
    "Neurologie|Neurologisches Defizit|Déficit neurológico|Estado neurológico",
    "treated_level.technique": "Technique|Procedure|Procedure type|Type of procedure|Treatment|"
    "Surgical technique|Type of surgery|Verfahren|Technik|OP-Verfahren|Técnica|Procedimiento|"
    "Tipo de procedimiento|Técnica quirúrgica|Type of augmentation",
    "treated_level.approach": "Approach|Surgical approach|Access route|Pedicle approach|Zugang|"
    "Zugangsweg|Abordaje|Vía de abordaje|Puncture approach|Needle approach|Tipo de abordaje",
    "treated_level.side": "Side|Laterality|Seite|Lado|Side of approach|Zugangsseite",
    "treated_level.needle_gauge": "Needle gauge|Needle size|Needle size (G)|Gauge|Cannula size",
    "treated_level.needle_count": "Number of needles|Needles",
    "treated_level.balloon_count": "Number of balloons|Balloons|No. of balloons|Balloon count|"
    "Anzahl Ballons|Anzahl der Ballons|Número de balones",
    "balloon.size_mm": "Balloon size|Balloon size (mm)|Ballongröße|Ballongröße (mm)|"
    "Tamaño del balón|Balloon length (mm)",
    "balloon.volume_ml": "Balloon volume|Balloon volume (ml)|Inflation volume (ml)|"
    "Balloon inflation volume|Ballonvolumen|Volumen del balón",
    "balloon.pressure": "Balloon pressure|Inflation pressure|Balloon pressure (psi)|"
    "Maximum inflation pressure|Peak balloon pressure|Ballondruck|Presión del balón|"
    "Max. balloon pressure (psi)",
    "treated_level.cement_ml": "Cement volume (mL)|Cement volume|Volume of cement|Cement (ml)|"
    "Cement amount|Amount of cement|Cement injected (ml)|Injected cement volume|"
    "PMMA volume (cc)|Volume of PMMA|Bone cement volume|Volume of injected cement|Cement dose|"
    "Zementmenge (ml)|Zementvolumen|Zement (ml)|Menge Zement|Volumen de cemento|"
    "Volumen de cemento (ml)|Cantidad de cemento|Cemento (cc)|Volumen del cemento|"
    "Cemento inyectado|Injizierte Zementmenge|Quantity of cement",
    "treated_level.cement_left_ml": "Cement left (ml)|Left cement|Cement volume (left)|"
    "Cement volume left|Zement links (ml)|Cemento izquierdo|Cement (L)",
    "treated_level.cement_right_ml": "Cement right (ml)|Right cement|Cement volume (right)|"
    "Zement rechts|Cemento derecho|Cement (R)",
    "treated_level.cement_type": "Cement type|Type of cement|Cement viscosity|"
    "Viscosity of cement|Cement kind|Zementtyp|Zementart|Zementviskosität|Tipo de cemento|"
    "Viscosidad del cemento|Viscosidad",
    "treated_level.fill": "Fill|Cement fill|Cement filling",
    "treated_level.leakage": "Cement leakage|Leakage|Leak|Cement leak|Cement extravasation|"
    "Extravasation|Any leak|Leakage (yes/no)|Cement leakage (y/n)|Leakage present|Zementaustritt|"
    "Zementleckage|Leckage|Zementextravasation|Fuga|Fuga de cemento|Extravasación|"
    "Extravasación de cemento|Fugas de cemento",
    "leak.location": "Leakage site|Leak location|Leakage location|Site of leakage|"
    "Location of leak|Location of leakage|Leak site|Cement leak location|Cement leakage site|"
    "Site of cement leakage|Lokalisation der Leckage|Ort der Leckage|Leckageort|"
    "Localización de la fuga|Localización de la fuga de cemento|Sitio de la fuga|Lugar de la fuga",
    "leak.yeom_type": "Yeom type|Yeom|Leak type (Yeom)|Yeom classification|Yeom-Typ|Tipo de Yeom",
    "treated_level.leak_assessed_by": "Leakage assessed by|Leak assessment|Leak detection",
    "treated_level.anterior_before_mm": "Anterior height before|Anterior height before (mm)|"
    "Pre-op anterior height (mm)|Preoperative anterior vertebral height|AVH pre (mm)|AVH preop|"
    "Anterior vertebral body height preop (mm)|Vorderkante präop (mm)|Vorderkantenhöhe vor OP|"
    "Altura anterior pre|Altura anterior preoperatoria (mm)|Anterior height (pre)",
    "treated_level.anterior_after_mm": "Anterior height after|Postop anterior height (mm)|"
    "AVH post|Postoperative AVH (mm)|Vorderkante postop (mm)|Altura anterior post|"
    "Altura anterior postoperatoria|Anterior height 24 h",
    "treated_level.middle_before_mm": "Middle height before (mm)|MVH pre|Mid height preop|"
    "Mittlere Höhe präop|Altura media pre",
    "treated_level.middle_after_mm": "Middle height after (mm)|MVH post|Altura media post",
    "treated_level.posterior_before_mm": "Posterior height before|PVH preop (mm)|"
    "Hinterkante präop|Altura posterior preoperatoria",
    "treated_level.posterior_after_mm": "Posterior height after|PVH postop|Hinterkante postop|"
    "Posterior height immediate postop",
    "treated_level.kyphosis_before_deg": "Kyphosis angle before|Kyphotic angle before|"
    "Kyphosis before (°)|Cobb pre|Cobb angle preop (°)|Preoperative Cobb angle|"
    "Pre-op kyphosis (deg)|Local kyphosis pre|Local kyphotic angle, preoperative|"
    "Kyphosewinkel präop|Kyphosewinkel vor OP (°)|Cobb-Winkel präoperativ|Ángulo de Cobb pre|"
    "Cifosis preoperatoria|Ángulo de cifosis pre (°)|Cobb angle (before)|Baseline Cobb angle",
    "treated_level.kyphosis_after_deg": "Kyphosis angle after|Cobb post|Postop Cobb angle (°)|"
    "Postoperative kyphosis angle|Kyphosewinkel postop|Cobb-Winkel postoperativ|"
    "Ángulo de Cobb post|Cifosis postoperatoria|Cobb angle immediately postop",
    "treated_level.wedge_before_deg": "Wedge angle before|Preop wedge angle|Wedge angle pre (°)|"
    "Keilwinkel präop|Vertebral wedge angle preoperative",
    "treated_level.wedge_after_deg": "Wedge angle after|Postop wedge angle|Keilwinkel postop",
    "treated_level.kyphosis_method": "Kyphosis method|Method of kyphosis",
    "treated_level.height_gain": "Height gain (mm)|Height restoration (mm)|Height restored",
    "pain.baseline": "VAS pre|VAS preop|Preoperative VAS|VAS baseline|Baseline VAS|VAS (pre)|"
    "Pre-procedure VAS|NRS pre|Pain before|VAS before|VAS score before|Preop VAS score|"
    "VAS präoperativ|NRS vor OP|Schmerz vorher|EVA pre|EVA preoperatoria|Dolor pre",
    "pain.24h": "VAS 24h|VAS day 1|VAS 1 day|NRS 24 h|VAS postop day 1|EVA 24 h|VAS 1 Tag",
    "pain.1w": "VAS 1 week|VAS 1w|NRS 1 Woche|EVA 1 semana|VAS 7 days|VAS at 1 week",
    "pain.1m": "VAS 1 month|VAS 1m|VAS 1 mo|VAS at 1 month|NRS 1 Monat|EVA 1 mes|VAS 30 days|"
    "VAS (1 month)|1-month VAS",
    "pain.3m": "VAS 3 months|VAS 3m|VAS 3 mo|3-month VAS|VAS at 3 months|NRS 3 Monate|EVA 3 meses|"
    "VAS nach 3 Monaten|VAS a los 3 meses",
    "pain.12m": "VAS 12 months|VAS 1 year|VAS 1y|VAS 12m|NRS 12 Monate|NRS 1 Jahr|EVA 12 meses|"
    "VAS at one year|EVA 1 año",
    "pain.24m": "VAS 24 months|VAS 2 years|NRS 2 Jahre|EVA 24 meses",
    "pain.undated": "VAS post|Postoperative VAS|VAS postop|VAS after|NRS nach OP|EVA post|"
    "VAS follow-up",
    "pain.3m.on": "Date 3 months|Follow-up date 3 months|FU date 3m|VAS 3 mo date|"
    "Datum 3 Monate|Fecha 3 meses|3-month follow-up date",
    "assessed.baseline.odi_pct": "ODI pre|ODI preop|Preoperative ODI|ODI baseline|ODI before|"
    "Oswestry baseline|Oswestry pre|ODI (pre)|ODI pre (%)|ODI score preoperative|ODI vor OP|"
    "ODI präop|Oswestry preoperatorio|Baseline ODI score|Oswestry Disability Index (baseline)",
    "assessed.undated.odi_pct": "ODI post|Postop ODI|ODI after|ODI follow-up",
    "assessed.1m.odi_pct": "ODI 1 month|ODI 1m|1-month ODI|ODI 1 Monat|ODI 1 mes",
    "assessed.3m.odi_pct": "ODI 3m|ODI 3 months|3-month ODI|ODI at 3 months|ODI 3 Monate|"
    "ODI 3 meses|ODI a los 3 meses|Oswestry 3 mo|ODI (3 months)",
    "assessed.12m.odi_pct": "ODI 12m|ODI 1 year|ODI 12 Monate|Oswestry 1y|ODI at 12 months (%)",
    "assessed.baseline.rmdq": "RMDQ pre|Roland-Morris pre|RMDQ baseline|RDQ preop",
    "assessed.6m.rmdq": "Roland-Morris 6 months|RMDQ 6m|RMDQ 6 Monate",
    "assessed.12m.rmdq": "RMDQ 12 mo|RMDQ 1 year",
    "assessed.baseline.eq5d_index": "EQ-5D pre|EQ5D baseline|EQ-5D index preop|EQ-5D-5L pre",
    "assessed.3m.eq5d_index": "EQ-5D 3m|EQ5D 3 months|EQ-5D-3L 3 Monate|EQ-5D index 3 months",
    "assessed.baseline.eq5d_vas": "EQ-VAS pre|EQ VAS baseline|EQ-5D VAS pre|Preop EQ-VAS",
    "assessed.12m.eq5d_vas": "EQ-VAS 1y|EQ-VAS 12 months|EQ-5D VAS 12 Monate|1-year EQ-5D VAS",
    "assessed.3m.analgesic_level": "Analgesics at 3 months|Analgesics 3m|Schmerzmittel 3 Monate|"
    "Analgésicos 3 meses|Pain medication 3 mo",
    "assessed.1m.mobility": "Mobility 1m|Mobility at 1 month|Mobilität 1 Monat|Movilidad 1 mes",
    "assessed.12m.new_fracture": "New fracture 12 months|New fracture at 1 year|"
    "Neue Fraktur 12 Monate|Nueva fractura 12 meses|New VCF 12m",
    "assessed.6m.retreatment": "Retreatment 6 months|Treated again 6m",
    "assessed.12m.satisfied": "Satisfied 12m|Satisfaction 1 year|Zufriedenheit 12 Monate",
    "outcome.12m": "Outcome 12 months|Outcome at 1 year|Ergebnis 12 Monate",
}

READ = {target: said.split("|") for target, said in _READ.items()}

_NOT_READ = (
    "BMI|Race|Hospital|Center|Insurance|Phone|Occupation|Diabetes|Hypertension|Bone density|BMD|"
    "BMD (g/cm2)|Vitamin D|Z-score|Hounsfield units|HU|FRAX|Admission date|Date of admission|"
    "Aufnahmedatum|Fecha de ingreso|Length of stay|Hospital stay (days)|Krankenhausaufenthalt|"
    "Estancia hospitalaria|Date of injury|Date of fracture|Unfalldatum|Fecha de la fractura|"
    "Referral date|MRI date|Date of MRI|CT date|Time to surgery|"
    "Time from fracture to surgery (days)|Number of levels|Number of fractures|Anzahl Wirbel|"
    "Número de niveles|Fracture type|AO type|AO classification|AO-Klassifikation|"
    "Fracture classification|Frakturtyp|Tipo de fractura|Classification|Grade|Type|Magerl|TLICS|"
    "Frankel grade|ASIA|Lot|Lot number|Chargennummer|Cost|Entlassung|Alta|Cause of fracture|"
    "Fracture cause|Frakturursache|Causa de la fractura|IVC|Kümmell|Vakuumphänomen|"
    "Balloon rupture|Ballonruptur|Rotura del balón|Filling pattern|Cement distribution|"
    "Symptomatic leak|Symptomatische Leckage|Fuga sintomática|Bone cement|Imaging modality|"
    "Height|Vertebral height before|Vertebral height after (%)|VBH pre|Height loss (%)|"
    "Compression rate|Beck index|Kyphosis|Kyphosis angle|Cobb angle|Cobb 12 months|"
    "Cobb angle at follow-up|Cobb last follow-up|Anterior height 1 year|Kyphosewinkel 6 Monate|"
    "Ángulo de Cobb 12 meses|Thoracic kyphosis|Lumbar lordosis|Sagittal vertical axis|"
    "Regional kyphosis before|Kyphosis correction|Cobb change|VAS change|VAS difference|"
    "VAS 6 weeks|VAS 5 months|VAS D-30|VAS 2|VAS 18 months|ODI change|ODI 6 weeks|ODI 6 Wochen|"
    "ODI 1|ODI 2|ODI improvement (%)|ODI (0-50) pre|ODI raw pre|ODI pre (0-50)|ODI sum 3 months|"
    "ODI section 1 pre|SF-36 pre|SF-12 PCS 3 months|Barthel pre|Karnofsky|KPS pre|"
    "QUALEFFO baseline|Neurological status pre|New fracture|Refracture|Adjacent fracture|"
    "Retreatment|Revision|Revision surgery|Reoperation|Death|Mortality|Exitus|Verstorben|"
    "Last follow-up|Follow-up (months)|Last follow-up date|Follow-up date|FU date|"
    "Fecha de revisión|Datum letzte Kontrolle|Lost to follow-up|Consent form|Ethics number|Group|"
    "Arm|Randomization|Gruppe|Grupo|Cement (3 months)|Leak volume|Leakage type|Balloon type|"
    "Balloon brand|Device|Implant|Cement temperature|Cement cost|Cement height|"
    "Cement/vertebra ratio|Medication|Medikation|Medicación|Dose|Duration of follow-up|Pain type|"
    "Pain location|Pain score change|Anesthesia time (min)|Anesthesia start|OR number|OR in|"
    "Surgeon experience (years)|Assistant|Nurse|Operation code|OPS|ICD-10|CPT|Der|Die|Das|La|Pre|"
    "Post|Mean|SD|Total|p value"
)

NOT_READ = _NOT_READ.split("|")
"""For the most part these have no place in the record; others could be two things."""
