//! The columns of every table of a reading and of the links, in the order in which they are written and read.
//!
//! It does not know what the columns mean (schema.sql says that) nor how a row becomes a record.

use crate::columns::Table;

macro_rules! tables {
    ($($name:ident = $table:literal, $order:literal, $columns:expr;)+) => {
        $(pub(crate) const $name: Table = Table { name: $table, columns: $columns, order: $order };)+
    };
}

tables! {
    BLOCKS = "blocks", 2, "document, ordinal, start, end, kind, raw_start, raw_end";
    NOTES = "notes", 3, "document, stage, ordinal, start, end, code, message";
    ENTITIES = "entities", 2, "document, ordinal, name, kind, speaks_for, gazetteer_id, place_name, lat, lon, precision, link_id, link_score";
    FORMS = "forms", 3, "document, entity, ordinal, text, count";
    ENTITY_MENTIONS = "entity_mentions", 3, "document, entity, ordinal, start, end";
    ENTITY_ROLES = "entity_roles", 3, "document, entity, ordinal, role";
    MENTIONS = "mentions", 2, "document, ordinal, start, end, head_start, head_end, kind, form, entity, title_start, title_end";
    MENTION_ROLES = "mention_roles", 3, "document, mention, ordinal, start, end";
    TIMES = "times", 2, "document, ordinal, time_start, time_end, time_type, time_value, time_mod, time_earliest, time_latest, time_anchor";
    QUANTITIES = "quantities", 2, "document, ordinal, start, end, low, best, high, hedge, unit, noun, effect, scope, is_part";
    CLAIMS = "claims", 2, "document, ordinal, id, voice, source_kind, source_entity, source_name, source_name_basis, speaks_for, cue_lemma, act, quotation, start, end, quote, prefix, suffix, polarity, certainty, unverified_by, unverified_entity, confidence_attribution, confidence_source, confidence_act, standing, refers_to, time_start, time_end, time_type, time_value, time_mod, time_earliest, time_latest, time_anchor";
    CLAIM_SPANS = "claim_spans", 5, "document, claim, role, part, ordinal, start, end, quote";
    CLAIM_VIAS = "claim_vias", 3, "document, claim, ordinal, name";
    CLAIM_FLAGS = "claim_flags", 3, "document, claim, ordinal, flag";
    CLAIM_WHYS = "claim_whys", 3, "document, claim, ordinal, rule, note";
    CLAIM_WHY_SPANS = "claim_why_spans", 4, "document, claim, why, ordinal, start, end";
    EVENTS = "events", 3, "document, claim, ordinal, type, start, end, confidence, realis, polarity, place, cause_start, cause_end, time_start, time_end, time_type, time_value, time_mod, time_earliest, time_latest, time_anchor";
    EVENT_ALTERNATIVES = "event_alternatives", 4, "document, claim, event, ordinal, type";
    PARTICIPANTS = "participants", 4, "document, claim, event, ordinal, role, entity, basis";
    PARTICIPANT_SPANS = "participant_spans", 5, "document, claim, event, participant, ordinal, start, end";
    EVENT_QUANTITIES = "event_quantities", 4, "document, claim, event, ordinal, start, end, low, best, high, hedge, unit, noun, effect, scope, is_part";

    LINKED_ENTITIES = "linked_entities", 1, "ordinal, id, name, kind, gazetteer_id, place_name, lat, lon, precision, link_id, link_score";
    LINKED_FORMS = "linked_forms", 2, "entity, ordinal, text, count";
    LINKED_MEMBERS = "linked_members", 2, "entity, ordinal, document, member";
    LINKED_JOINS = "linked_joins", 2, "entity, ordinal, one_document, one_member, other_document, other_member, score";
    LINKED_JOIN_REASONS = "linked_join_reasons", 3, "entity, linked_join, ordinal, reason";
    OPEN_PAIRS = "open_pairs", 1, "ordinal, one, other, score";
    OPEN_PAIR_REASONS = "open_pair_reasons", 2, "open_pair, ordinal, reason";
    MATTERS = "matters", 1, "ordinal, id, kind, question, about, place, state, time_start, time_end, time_type, time_value, time_mod, time_earliest, time_latest, time_anchor";
    POSITIONS = "positions", 2, "matter, ordinal, id, value, first_said, last_said, articles, origins_low, origins_high, speakers";
    PARTIES = "parties", 3, "matter, position, ordinal, entity, name";
    POSITION_CLAIMS = "position_claims", 3, "matter, position, ordinal, claim, document, link";
    POSITION_CLAIM_SPANS = "position_claim_spans", 4, "matter, position, claim, ordinal, start, end";
    RELATIONS = "relations", 2, "matter, ordinal, from_position, to_position, type";
    RELATION_REASONS = "relation_reasons", 3, "matter, relation, ordinal, reason";
    MATTER_MEMBERS = "matter_members", 3, "matter, document, words";
    JUDGED_MATTERS = "judged_matters", 1, "ordinal, matter, effect, judgement";
}

/// The tables of a reading, children before parents: the order in which a reading is taken out.
pub(crate) const READING: &[&Table] = &[
    &PARTICIPANT_SPANS,
    &PARTICIPANTS,
    &EVENT_QUANTITIES,
    &EVENT_ALTERNATIVES,
    &EVENTS,
    &CLAIM_WHY_SPANS,
    &CLAIM_WHYS,
    &CLAIM_FLAGS,
    &CLAIM_VIAS,
    &CLAIM_SPANS,
    &CLAIMS,
    &QUANTITIES,
    &TIMES,
    &MENTION_ROLES,
    &MENTIONS,
    &ENTITY_ROLES,
    &ENTITY_MENTIONS,
    &FORMS,
    &ENTITIES,
    &NOTES,
    &BLOCKS,
];

/// The tables of the links, children before parents.
pub(crate) const LINKS: &[&Table] = &[
    &JUDGED_MATTERS,
    &MATTER_MEMBERS,
    &RELATION_REASONS,
    &RELATIONS,
    &POSITION_CLAIM_SPANS,
    &POSITION_CLAIMS,
    &PARTIES,
    &POSITIONS,
    &MATTERS,
    &OPEN_PAIR_REASONS,
    &OPEN_PAIRS,
    &LINKED_JOIN_REASONS,
    &LINKED_JOINS,
    &LINKED_MEMBERS,
    &LINKED_FORMS,
    &LINKED_ENTITIES,
];
