# SPDX-License-Identifier: MIT
"""What clinics call the columns of their tables, in the spelling of ``spelled.plain_name``.

Names and labels of the fields are not repeated here. What is asked at several times stands without
the time in ``visits.names``.
"""

from __future__ import annotations

from models.importing.graded import OF_GRADES
from models.importing.targets import CASE, LEVEL, PAIN_SCALE, PATIENT_CODE, PERFORMED_ON

_BY_TARGET: dict[str, str] = {
    CASE: "case|case no|case number|case nr|fall nr|fallnr|fall|eingriff nr|procedure id|"
    "procedure no|session",
    PATIENT_CODE: "patient|patient id|patient no|patient number|patient nr|study id|subject|"
    "subject id|pid|code|id|pat id|patienten nr|pat nr|pat no|patientennummer|patienten id|"
    "patientennr|patnr|pat nummer|patient id nr|paciente|no paciente|n paciente|codigo|"
    "codigo paciente|codigo de paciente|numero de paciente|no patient|n patient|code patient|"
    "numero patient|numero de patient|paziente|codice paziente|codice|id paciente|id paziente|"
    "n paziente|patient code|pat|subj|subj id|subject no|subject code|pt id|study number|"
    "pseudonym|registry id|id del paciente|study no|study nr|participant id|participant|"
    "id patient|pat code|patientencode|patienten code|patientenkennung",
    "patient.sex": "gender|m f|geschlecht|sexe|sexo|sesso",
    "patient.birth_date": "dob|date of birth|birthdate|born|geburtsdatum|geb datum|geb|"
    "geburtstag|year of birth|yob|geburtsjahr|jahrgang|annee de naissance|ano de nacimiento|"
    "ano nacimiento|fecha nac|f nacimiento|f nac|anno di nascita|fecha de nacimiento|"
    "fecha nacimiento|date de naissance|"
    "data di nascita|birth|birthday|ddn|nacimiento",
    "patient.died_on": "todesdatum|date of death|death date|deceased on|sterbedatum|"
    "fecha de defuncion|fecha de fallecimiento|fecha de muerte|date deceased",
    "patient.consent_registry": "consent|registry consent",
    "patient_identity.full_name": "patient name|full name|last name|surname|nachname|"
    "patientenname|nombre y apellidos|apellidos y nombre|nom et prenom|nom prenom|"
    "nome e cognome|cognome e nome|name vorname|nachname vorname",
    "patient_identity.record_number": "mrn|medical record number|hospital number|"
    "medical record no|fallnummer|historia clinica|nhc|numero de historia|"
    "numero de historia clinica|no historia|n historia|no historia clinica|no dossier|n dossier|"
    "numero de dossier|numero dossier|num dossier",
    "procedure.age_at_procedure": "age|age years|age at surgery|age at treatment|alter|edad|eta|"
    "patient age|age at time of surgery|age at operation|age at procedure|alter bei op|"
    "alter bei eingriff|alter jahre|edad anos|age in years|age yrs|edad al procedimiento|"
    "edad paciente",
    PERFORMED_ON: "procedure date|date of procedure|surgery date|date of surgery|op date|opdate|"
    "operation date|treatment date|date of treatment|performed|op datum|datum|eingriffsdatum|"
    "op tag|fecha|fecha de cirugia|fecha cirugia|fecha de la cirugia|fecha de intervencion|"
    "fecha intervencion|fecha de procedimiento|fecha procedimiento|date d intervention|"
    "date intervention|date operation|data intervento|dos|date of service|datum op|datum der op|"
    "datum eingriff|proc dt|proc date|procedure dt|op zeitpunkt|op am|operiert am|eingriff am|"
    "datum des eingriffs|date of vertebroplasty|date of kyphoplasty|date of bkp|"
    "date of augmentation|fecha de la cifoplastia|fecha de la vertebroplastia|"
    "fecha de cifoplastia|fecha de vertebroplastia|datum der kyphoplastie|datum kyphoplastie|"
    "fecha del procedimiento|fecha del tratamiento|fecha de operacion|date of index procedure|"
    "index procedure date|date of index surgery|date of intervention|intervention date|"
    "behandlungsdatum|operationsdatum|fecha qx|fecha iq|fecha de iq|f intervencion|f cirugia|"
    "f iq|f qx|f procedimiento|procedure month|month of procedure|surgery month|"
    "month of surgery|op monat|monat der op|mes de la cirugia|mois de l intervention",
    "procedure.operator": "surgeon|physician|doctor|performed by|interventionalist|operateur|"
    "arzt|cirujano|operador|chirurgien|operatore|medico|medecin|radiologue|operating surgeon|"
    "surgeon name|primary surgeon|name of surgeon|interventional radiologist|treating surgeon|"
    "lead surgeon|main surgeon|operating physician|erster operateur|hauptoperateur|"
    "cirujano principal|medico responsable",
    "procedure.supervisor": "attending|consultant|oberarzt|supervising surgeon|"
    "supervising physician|senior surgeon|supervisor name|aufsicht",
    "procedure.anesthesia": "anaesthesia|anaesthetic|anesthetic|narkose|anasthesie|anesthesie|"
    "anestesia|type of anesthesia|type of anaesthesia|anesthesia method|anesthesia technique|"
    "narkoseart|narkoseform|art der narkose|art der anasthesie|anasthesieform|anasthesieart|"
    "anasthesieverfahren|tipo de anestesia|anesthetic type|type of anesthetic|mode of anesthesia",
    "procedure.guidance": "imaging|image guidance|bildgebung|guidage|guia|guida|"
    "imaging guidance|guia de imagen|guia por imagen|bildfuhrung|guidance modality|"
    "type of guidance",
    "procedure.fluoro_time_s": "fluoro time|fluoro seconds|fluoroscopy s|screening time|"
    "durchleuchtungszeit|durchleuchtung|dl zeit|temps de scopie|duree de scopie|"
    "tiempo de escopia|tiempo de fluoroscopia|tiempo fluoroscopia|tempo di scopia|"
    "tempo di fluoroscopia|fluoroscopic time|fluoroscopy duration|fluoroscopy exposure time|"
    "x ray time|x ray exposure time|radiation time|radiation exposure time|durchleuchtungsdauer|"
    "rontgenzeit|bv zeit|bildwandlerzeit|tiempo de radioscopia|tiempo de rayos x|tiempo de rx|"
    "tiempo rx|tiempo escopia|fluoro duration|time of fluoroscopy|duration of fluoroscopy",
    "procedure.kap_gycm2": "kap|dap|dose area product|kerma area product|dosisflachenprodukt|"
    "flachendosisprodukt|dfp|pds|produit dose surface|producto dosis area|prodotto dose area",
    "procedure.air_kerma_mgy": "air kerma|kerma|cumulative air kerma|reference air kerma|"
    "total air kerma|air kerma at reference point",
    "procedure.minutes": "duration|op time|procedure time|operation time|duration min|op dauer|"
    "dauer|operative time|operating time|or time|surgical time|surgery time|duration of surgery|"
    "duration of procedure|duration of operation|surgery duration|procedure duration|"
    "operation duration|operative duration|length of surgery|length of procedure|"
    "length of operation|op zeit|operationsdauer|operationszeit|eingriffsdauer|dauer der op|"
    "dauer der operation|dauer des eingriffs|schnitt naht zeit|tiempo quirurgico|"
    "tiempo operatorio|tiempo de cirugia|tiempo de intervencion|tiempo de procedimiento|"
    "duracion|duracion de la cirugia|duracion de la intervencion|duracion del procedimiento|"
    "duracion cirugia|skin to skin time|mean operative time|interventionsdauer",
    "procedure.height_cm": "body height|patient height|korpergrosse|taille|talla|estatura|statura",
    "procedure.weight_kg": "weight|gewicht|korpergewicht|poids|peso",
    "procedure.asa_class": "asa|asa score|asa physical status|asa ps|asa status|riesgo asa",
    "procedure.any_complication": "complication|complications|komplikation|komplikationen|"
    "complicaciones|complicanze|perioperative complications|perioperative complication|"
    "procedural complications|procedural complication|intraoperative complications|"
    "intraoperative complication|any complications|complication present|complication occurred|"
    "complicacion|alguna complicacion|perioperative komplikationen|komplikation vorhanden|"
    "complicacion presente",
    "procedure.notes": "note|notes|comment|comments|remarks|bemerkung|bemerkungen|kommentar|"
    "notas|observaciones|comentarios|remarques|commentaires|commentaire|observations|"
    "osservazioni|bem|obs|other comments|free text|other notes|additional comments|"
    "general comments|additional notes|anmerkung|anmerkungen|freitext|sonstiges|comentario|"
    "observacion|notizen|other remarks",
    "procedure.blood_loss_ml": "blood loss|ebl|estimated blood loss|intraoperative blood loss|"
    "intraop blood loss|bleeding ml|blutverlust|intraoperativer blutverlust|perdida de sangre|"
    "perdida sanguinea|perdidas sanguineas|perdida hematica|sangrado|sangrado intraoperatorio|"
    "sangrado estimado|amount of blood loss",
    "procedure.conservative_weeks": "conservative treatment weeks|conservative therapy weeks|"
    "conservative therapy|conservative care weeks|conservative care|conservative weeks|"
    "weeks of conservative treatment|weeks of conservative therapy|weeks of conservative care|"
    "konservative therapie|konservative behandlung|konservative therapie wochen|"
    "konservative behandlung wochen|wochen konservative therapie|wochen konservativ|"
    "tratamiento conservador|tratamiento conservador semanas|semanas de tratamiento conservador|"
    "duration of conservative treatment|duration of conservative therapy|"
    "dauer der konservativen therapie|duracion del tratamiento conservador|"
    "conservative management|conservative management weeks",
    LEVEL: "vertebra|vertebral level|spinal level|treated level|segment|hohe|wirbel|"
    "wirbelkorper|level treated|nivel|niveau|livello|vertebre|levels|levels treated|"
    "treated levels|levels tx|level s|vertebrae|wirbelhohe|etage|etages|niveaux|niveles|livelli|"
    "lvl|lev|treated vertebra|vertebra treated|vertebrae treated|treated vertebrae|index level|"
    "fracture level|fractured level|fractured vertebra|level of fracture|behandelter wirbel|"
    "behandelte hohe|frakturhohe|vertebra tratada|nivel tratado|nivel de fractura|"
    "vertebre traitee|niveau traite|vertebra trattata|operated level|level operated|"
    "operated levels|site of fracture|fracture site|fracture location|location of fracture|"
    "fractured levels|fractured vertebrae|affected level|affected vertebra|injured level|"
    "injured vertebra|level of vertebra|vertebral body|fracture segment|frakturierter wirbel|"
    "betroffener wirbel|betroffene hohe|operierte hohe|operierter wirbel|segmenthohe|"
    "lokalisation der fraktur|frakturlokalisation|nivel vertebral|nivel operado|"
    "nivel de la fractura|nivel fracturado|nivel afectado|vertebra fracturada|vertebra afectada|"
    "niveles tratados|vertebras tratadas|vertebras|localizacion de la fractura",
    "treated_level.technique": "procedure|procedure type|treatment|type of procedure|operation|"
    "intervention|verfahren|tecnica|procedimiento|surgical technique|type of surgery|"
    "surgery type|operation type|type of operation|type of intervention|intervention type|"
    "type of treatment|treatment type|type of augmentation|augmentation technique|"
    "augmentation type|technik|op technik|operationstechnik|art der op|art des eingriffs|"
    "eingriffsart|prozedur|tipo de procedimiento|tipo de cirugia|tipo de intervencion|"
    "tecnica quirurgica|pvp or pkp|pvp pkp|pkp pvp|vp or bkp|operation procedure|"
    "procedure performed|technique used",
    "treated_level.approach": "access|route|zugang|abordaje|voie d abord|accesso|voie|"
    "surgical approach|access route|pedicle approach|puncture approach|needle approach|"
    "type of approach|approach type|approach used|puncture route|zugangsweg|zugangsart|"
    "via de abordaje|tipo de abordaje|via de acceso|acceso",
    "treated_level.side": "laterality|seite|lado|lateralidad|cote|lato|side of approach|"
    "approach side|side of access|side treated|treated side|puncture side|side of puncture|"
    "zugangsseite|punktionsseite|lado de abordaje|lado del abordaje",
    "treated_level.cement_ml": "cement volume|cement vol|cement amount|pmma|pmma ml|volume ml|"
    "zement|zement ml|cement total|cemento|cemento ml|volumen cemento|volumen de cemento|ciment|"
    "ciment ml|volume ciment|volume cemento|total cement|total cement ml|total cement volume|"
    "zement gesamt|gesamtzement|cemento total|ciment total|cemento totale|volume di cemento|"
    "volume de ciment|quantite de ciment|zementmenge|zementvolumen|volume of cement|"
    "amount of cement|cement amount ml|quantity of cement|cement quantity|cement injected|"
    "injected cement|injected cement volume|volume of injected cement|injected volume of cement|"
    "cement injection volume|volume of cement injected|amount of cement injected|"
    "amount of injected cement|pmma volume|volume of pmma|amount of pmma|bone cement volume|"
    "volume of bone cement|bone cement amount|amount of bone cement|bone cement ml|"
    "bone cement injected|injected bone cement|cement dose|cement dosage|cement filling volume|"
    "cement used ml|menge zement|volumen zement|injizierte zementmenge|"
    "injiziertes zementvolumen|zementgesamtmenge|menge des zements|zement menge|zement volumen|"
    "cantidad de cemento|cantidad cemento|volumen del cemento|volumen total de cemento|"
    "cemento inyectado|volumen de cemento inyectado|cantidad de cemento inyectado|cement cc|"
    "cemento cc|volumen pmma",
    "treated_level.cement_left_ml": "cement l|zement links|zement li|ciment gauche|"
    "cemento izquierdo|cemento izq|cemento sinistra|cemento sx|left cement|cement left|"
    "cement volume left|cement volume l|left cement volume|cement li|zementmenge links|"
    "zementvolumen links|zement l|volumen de cemento izquierdo",
    "treated_level.cement_right_ml": "cement r|zement rechts|zement re|ciment droit|"
    "ciment droite|cemento derecho|cemento dcho|cemento destra|cemento dx|right cement|"
    "cement right|cement volume right|cement volume r|right cement volume|cement re|"
    "zementmenge rechts|zementvolumen rechts|zement r|volumen de cemento derecho",
    "treated_level.of_class": "of|of classification|of klassifikation|of grad",
    "treated_level.cement_type": "cement kind|cement used|zement typ|type de ciment|"
    "tipo de cemento|tipo di cemento|type of cement|cement viscosity|viscosity of cement|"
    "viscosity|kind of cement|bone cement type|type of bone cement|cement material|zementtyp|"
    "zementart|art des zements|zementviskositat|viskositat|viskositat des zements|tipo cemento|"
    "viscosidad del cemento|viscosidad de cemento|viscosidad",
    "treated_level.diagnosis": "dx|indication|etiology|aetiology|pathology|diagnose|indikation|"
    "diagnostico|diagnostic|diagnosi|etiologia|indicacion|indication operatoire|indicazione|"
    "etiologie|atiologie|fracture etiology|fracture aetiology|etiology of fracture|"
    "indication for surgery|indication for treatment|indication for procedure|"
    "surgical indication|primary diagnosis|main diagnosis|hauptdiagnose|op indikation|"
    "frakturatiologie|diagnostico principal|etiologia de la fractura|indicacion quirurgica",
    "treated_level.diagnosis_basis": "diagnosis basis|basis of diagnosis",
    "treated_level.leakage": "leak|cement leak|cement leakage|extravasation|"
    "cement extravasation|leckage|zementleckage|zementaustritt|extravasat|fuga|fuga de cemento|"
    "fuite|fuite de ciment|perdita di cemento|leck|leckagen|any leak|any leakage|"
    "any cement leakage|any cement leak|leakage present|leak present|presence of leakage|"
    "cement leakage present|cement leaks|leaks|cement escape|bone cement leakage|"
    "leakage of cement|leakage of bone cement|extravasation of cement|zementextravasation|"
    "zementextravasat|zementleck|zementleckagen|zementaustritte|austritt von zement|"
    "leckage vorhanden|extravasacion|extravasacion de cemento|fugas|fugas de cemento|"
    "fuga cemento|fuga del cemento|presencia de fuga",
    "leak.location": "leak location|leakage location|leak site|leakage site|location of leak|"
    "leak locations|leakage locations|lokalisation leckage|leckage lokalisation|"
    "localisation fuite|localisation de la fuite|localizacion fuga|localizacion de la fuga|"
    "sede perdita|site of leak|site of leakage|location of leakage|cement leak location|"
    "cement leakage location|location of cement leak|location of cement leakage|"
    "cement leak site|cement leakage site|site of cement leak|site of cement leakage|"
    "leak position|extravasation site|site of extravasation|location of extravasation|"
    "lokalisation der leckage|lokalisation des zementaustritts|lokalisation zementaustritt|"
    "ort der leckage|ort des zementaustritts|leckageort|leckagelokalisation|leckage ort|"
    "localizacion de la fuga de cemento|localizacion de fuga|sitio de la fuga|sitio de fuga|"
    "lugar de la fuga|lugar de fuga|localizacion de la extravasacion",
    "treated_level.lesion_size_mm": "lesion size|size mm|size of lesion|lesion diameter",
    "treated_level.lesion_description": "lesion site in vertebra|lesion description",
    "treated_level.marrow_edema": "edema|oedema|bone marrow edema|marrow oedema|edema on mri|"
    "oedema on mri|mri edema|mri oedema|edema mri|stir positive|stir edema|bone edema|"
    "bone oedema|bone marrow oedema|bone marrow edema on mri|vertebral edema|knochenmarkodem|"
    "knochenodem|odem|odem im mrt|mrt odem|edema oseo|edema medular|edema en rm|edema en rmn|"
    "edema en resonancia|edema de medula osea",
    "treated_level.needle_gauge": "gauge|needle size|nadel|aiguille|aguja|ago|cannula size|"
    "cannula gauge|gauge of needle|size of needle|needle g|nadelstarke|kanulengrosse|"
    "calibre de aguja|calibre de la aguja|calibre aguja",
    "treated_level.height_gain": "height gain|height restoration|height gain mm|height restored|"
    "hohengewinn|gain de hauteur|ganancia de altura|vertebral height gain|"
    "height gain of vertebra|gain in height|gain of height|vertebral height restoration|"
    "restoration of height|restored height|hohengewinn mm|wiederaufrichtung|aufrichtung|"
    "ganancia de altura vertebral|recuperacion de altura|restauracion de altura",
    "treated_level.height_gain_low_mm": "height change mm low",
    "treated_level.height_gain_high_mm": "height change mm high",
    "treated_level.height_gain_words": "height change text",
    "treated_level.neuro_status": "neurologic deficit|neurological status|neuro|neuro deficit|"
    "neurological deficit|neurologic status|neurologie|neurologischer status|"
    "neurologisches defizit|neurologische ausfalle|deficit neurologico|estado neurologico|"
    "neurologia|neurological deficits|neurological symptoms|neurologic symptoms",
    PAIN_SCALE: "scale|pain scale",
    "leak.yeom_type": "leak type yeom|leakage type yeom",
    "procedure.osteoporosis": "osteoporose|osteoporotic",
    "procedure.t_score": "bone density t score|bmd t score|dexa t score|dxa t score|"
    "lowest t score|t score lumbar spine|lumbar t score|lumbar spine t score|spine t score|"
    "t wert|t wert lws|knochendichte t score|t score dexa lumbar|densitometria t score|"
    "t score lumbar|t score lws|bone mineral density t score|worst t score|t score densitometria",
    "procedure.steroid_use": "steroids|corticosteroids|corticosteroid use|glucocorticoids|"
    "glucocorticoid use|kortison|kortikosteroide|steroide|corticoides|uso de corticoides|"
    "corticosteroides|steroid therapy|steroid treatment",
    "procedure.malignancy": "cancer|known malignancy|malignom|tumorleiden|malignitat|neoplasia|"
    "malignidad|cancer history|history of cancer|history of malignancy",
    "procedure.anticoagulation": "anticoagulants|anticoagulant use|anticoagulant|blood thinners|"
    "antikoagulation|antikoagulantien|blutverdunner|anticoagulacion|anticoagulantes|"
    "oral anticoagulation",
    "procedure.smoker": "smoking|smoking status|raucher|raucherstatus|nikotin|nikotinabusus|"
    "fumador|tabaquismo|tobacco use|current smoker",
    "procedure.history": "comorbidities|comorbidity|past medical history|pmh|vorerkrankungen|"
    "nebendiagnosen|begleiterkrankungen|komorbiditaten|comorbilidades|antecedentes|"
    "antecedentes personales|antecedentes medicos",
    "procedure.pain_onset_on": "pain onset|onset of pain|symptom onset|onset of symptoms|"
    "pain onset date|date of pain onset|date of symptom onset|symptom onset date|schmerzbeginn|"
    "beginn der schmerzen|symptombeginn|inicio del dolor|inicio de los sintomas|"
    "fecha de inicio del dolor|fecha de inicio de los sintomas|schmerzen seit",
    "procedure.pain_duration": "duration of pain|symptom duration|duration of symptoms|"
    "schmerzdauer|symptomdauer|dauer der schmerzen|duracion del dolor|duracion de los sintomas|"
    "tiempo de evolucion del dolor",
    "prior_treatment.kind": "prior treatment|prior treatments|previous treatment|"
    "previous treatments|prior therapy|prior therapies|previous therapy|vorbehandlung|"
    "vorbehandlungen|vortherapie|tratamiento previo|tratamientos previos|terapia previa|"
    "tratamientos anteriores",
    "procedure.analgesic_drug": "analgesic drug|name of analgesic|analgesic name",
    "procedure.table_position": "patient position|positioning|patient positioning|lagerung|"
    "patientenlagerung|posicion del paciente",
    "procedure.antibiotic": "antibiotic prophylaxis|antibiotics|antibiotic given|"
    "antibiotikaprophylaxe|antibiotikum|antibiose|profilaxis antibiotica|antibiotico|"
    "antibioticos",
    "procedure.started_at": "start time|surgery start|surgery start time|start of surgery|"
    "procedure start|procedure start time|start of procedure|time of incision|incision time|"
    "op beginn|op start|beginn op|schnittzeit|eingriffsbeginn|hora de inicio|hora inicio|"
    "inicio de cirugia|inicio cirugia|hora de inicio de cirugia",
    "procedure.ended_at": "end time|surgery end|surgery end time|end of surgery|procedure end|"
    "procedure end time|end of procedure|op ende|ende op|eingriffsende|hora de fin|hora fin|"
    "hora final|fin de cirugia|fin cirugia|hora de termino",
    "procedure.image_frames": "number of images|number of frames",
    "procedure.cement_product": "cement brand|brand of cement|cement name|name of cement|"
    "cement manufacturer|cement trade name|bone cement brand|zementprodukt|zementmarke|"
    "zementhersteller|zementname|zement hersteller|marca de cemento|marca del cemento|"
    "producto de cemento|cement brand name",
    "procedure.cement_lot": "cement lot number|cement lot no|cement batch|cement batch number|"
    "zement charge|zementcharge|zement chargennummer|zement lot|lote del cemento|"
    "lote de cemento|lote cemento|numero de lote del cemento",
    "procedure.technical_success": "procedural success|technischer erfolg|exito tecnico|"
    "procedure success",
    "procedure.discharge": "inpatient outpatient|inpatient or outpatient|ambulant stationar|"
    "discharge status|ambulatorio hospitalizado",
    "procedure.discharged_on": "discharge date|date of discharge|hospital discharge date|"
    "date of hospital discharge|entlassungsdatum|entlassdatum|entlassung am|entlassen am|"
    "datum der entlassung|fecha de alta|fecha del alta|fecha alta|fecha de egreso|fecha egreso|"
    "fecha de alta hospitalaria",
    "adverse_event.kind": "adverse event|adverse events|serious adverse event|"
    "serious adverse events|type of complication|type of complications|complication type|"
    "complication kind|kind of complication|type of adverse event|adverse event type|ae|aes|sae|"
    "unerwunschtes ereignis|unerwunschte ereignisse|art der komplikation|komplikationsart|"
    "welche komplikation|evento adverso|eventos adversos|tipo de complicacion|tipo complicacion|"
    "tipo de evento adverso|name of complication",
    "adverse_event.onset_on": "date of complication|complication date|date of complications|"
    "adverse event date|date of adverse event|adverse event onset|adverse event onset date|"
    "ae date|ae onset date|datum der komplikation|komplikationsdatum|fecha de la complicacion|"
    "fecha de complicacion|fecha del evento adverso",
    "adverse_event.treatment": "treatment of complication|complication treatment|"
    "adverse event treatment|treatment of adverse event",
    "procedure.lung_cement": "pulmonary cement embolism|pulmonary cement embolus|"
    "pulmonary cement emboli|cement embolism|cement embolus|cement pulmonary embolism|cement pe|"
    "pce|lung cement|pulmonale zementembolie|zementembolie|zementlungenembolie|"
    "embolia pulmonar de cemento|embolia de cemento|embolia pulmonar por cemento|"
    "embolismo pulmonar de cemento",
    "treated_level.genant": "genant score|genant semiquantitative grade|"
    "genant semi quantitative grade|genant sq|sq grade",
    "treated_level.fracture_age_days": "fracture age|age of fracture|age of fracture days|"
    "fracture age days|frakturalter|frakturalter tage|alter der fraktur|edad de la fractura|"
    "antiguedad de la fractura|antiguedad de la fractura dias|antiguedad fractura|edad fractura|"
    "days since fracture|days from fracture",
    "treated_level.intravertebral_cleft": "cleft|vacuum cleft|intravertebral vacuum cleft|"
    "intravertebral cleft sign|cleft sign|ivc sign|intravertebrale spalte|"
    "hendidura intravertebral|cleft intravertebral",
    "treated_level.posterior_wall": "posterior wall involvement|posterior wall integrity|"
    "posterior wall status|posterior wall disruption|hinterkantenbeteiligung|"
    "hinterkante beteiligt|hinterwand|muro posterior|afectacion del muro posterior|"
    "pared posterior|integridad del muro posterior",
    "treated_level.needle_count": "number of needles|needle number|no of needles|"
    "number of cannulas|number of cannulae|anzahl nadeln|anzahl der nadeln|anzahl kanulen|"
    "numero de agujas",
    "treated_level.balloon_count": "number of balloons|no of balloons|balloon number|"
    "nr of balloons|anzahl ballons|anzahl der ballons|ballonanzahl|ballons|numero de balones|"
    "balones|no de balones",
    "balloon.size_mm": "balloon size|balloon size mm|size of balloon|balloon length|"
    "balloon length mm|length of balloon|ballongrosse|ballongrosse mm|ballonlange|"
    "tamano del balon|tamano de balon|tamano balon",
    "balloon.volume_ml": "balloon volume|balloon volume ml|volume of balloon|inflation volume|"
    "inflation volume ml|balloon inflation volume|volume of inflation|ballonvolumen|"
    "ballonfullung|ballonfullvolumen|volumen del balon|volumen de balon|volumen balon|"
    "volumen de inflado",
    "balloon.pressure": "balloon pressure|inflation pressure|balloon inflation pressure|"
    "maximum inflation pressure|maximal inflation pressure|max inflation pressure|"
    "maximum balloon pressure|maximal balloon pressure|max balloon pressure|"
    "peak balloon pressure|peak inflation pressure|pressure of balloon|ballondruck|"
    "maximaler ballondruck|max ballondruck|inflationsdruck|presion del balon|presion de balon|"
    "presion balon|presion maxima del balon|presion de inflado",
    "treated_level.fill": "cement fill|cement filling|fill of cement|zementfullung",
    "treated_level.leak_assessed_by": "leakage assessed by|leak assessed by|leak assessment|"
    "leakage assessment|leak detection|leakage detection|leak detected by|leakage detected by|"
    "leak looked for by",
    "treated_level.kyphosis_method": "method of kyphosis|cobb method|method of cobb",
}

_ELSEWHERE: dict[str, str] = {
    PATIENT_CODE: "nr pacjenta|id pacjenta|patientnr|patientnummer|id do paciente|hasta no|"
    "患者id|病历号|住院号|등록번호|номер карты",
    "patient_identity.record_number": "uhid|hospital no|hospital nr|hosp no|nhs number|nhs no|ipp|"
    "prontuario|expediente|protokol no|mrd no|ip no",
    PERFORMED_ON: "date of op|date of operation|op dt|data da cirurgia|data cirurgia|"
    "data do procedimento|data da intervencao|datum ingreep|ingreepdatum|operatiedatum|"
    "datum operatie|data zabiegu|data operacji|ameliyat tarihi|islem tarihi|"
    "手術日|手术日期|수술일|дата операции",
    "patient.sex": "geschl|geslacht|plec|płec|cinsiyet|性別|性别|성별|пол",
    "patient.birth_date": "data de nascimento|geboortedatum|data urodzenia|dogum tarihi",
    "procedure.age_at_procedure": "idade|leeftijd|wiek|yas|年齢|年龄|나이|возраст",
    "procedure.operator": "cirurgiao|operateur arts|lekarz|operator zabiegu|cerrah",
    LEVEL: "poziom|seviye|wervel|椎体|节段|уровень",
    "treated_level.technique": "tecnica cirurgica|ingreep|zabieg|islem|op verfahren|geste|"
    "procedura|"
    "術式|术式|수술명|операция",
    "treated_level.approach": "via de acesso|toegang|dostep",
    "treated_level.cement_ml": "cimento|volume de cimento|cimento ml|cementvolume|"
    "objetosc cementu|cimento total|骨水泥量|セメント量|시멘트|"
    "цемент",
    "treated_level.leakage": "extravasamento|vazamento|lekkage|cementlekkage|wyciek|kacak|austritt|"
    "perdita|漏出|渗漏|누출|утечка",
    "procedure.notes": "remark|uwagi|opmerkingen|observacoes|aciklama|備考|备注",
}
"""The same in Portuguese, Dutch, Polish, Turkish, Japanese, Chinese, Korean and Russian."""

IN_ANY_ORDER = {
    name: target
    for known in (_BY_TARGET, _ELSEWHERE)
    for target, names in known.items()
    for name in names.split("|")
}
"""Target by each plain name whose words may stand in any order."""

SYNONYMS = OF_GRADES | IN_ANY_ORDER
"""Target by each plain name."""
