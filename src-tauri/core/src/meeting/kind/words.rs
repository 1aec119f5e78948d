//! The words a kind of meeting may use where only certain words are understood.

use serde::{Deserialize, Serialize};

/// Declares a choice of words as files write them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $word:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(export))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $word),* }
    };
}

words! {
    /// Whether a kind hangs on a matter.
    MatterUse {
        /// It must.
        Required,
        /// It may.
        Optional,
        #[default]
        /// It never does.
        None,
    }
}
words! {
    /// What a meeting decides.
    Decides {
        /// It advises.
        Advice,
        /// The parties agree.
        Agreement,
        /// It decides.
        Decision,
        /// It appraises.
        Appraisal,
        #[default]
        /// It talks things over.
        Exchange,
    }
}
words! {
    /// Where somebody sits.
    Seat {
        /// 主持人.
        Chair,
        /// 记录人.
        Recorder,
        /// Counts as 应到.
        Group,
        /// 当事人.
        Party,
        /// 列席.
        Guest,
        #[default]
        /// 旁听.
        Observer,
    }
}
words! {
    /// How much a rule weighs.
    Level {
        #[default]
        /// Nothing goes on without it.
        Stop,
        /// Goes on with a reason, which is kept.
        Reason,
        /// Only shown.
        Warn,
    }
}
words! {
    /// A rule of composition.
    CompositionRule {
        #[default]
        /// The number of people is odd.
        Odd,
        /// At least so many.
        AtLeast,
        /// At most so many.
        AtMost,
        /// Each role has at least so many.
        Each,
        /// A share of others, or more.
        ShareAtLeast,
        /// More than a share of others.
        ShareMoreThan,
        /// Nobody belongs to what a field names.
        Conflict,
        /// Nobody holds two of the roles.
        Apart,
        /// They live in one of the buildings of a field.
        SameBuilding,
    }
}
words! {
    /// Of whom a quorum is counted.
    QuorumOf {
        /// The group.
        Group,
        /// The parties.
        Parties,
        /// The base the clerk chose.
        Base,
        /// Households asked in the survey.
        Asked,
        #[default]
        /// There is none.
        None,
    }
}
words! {
    /// How two numbers are compared.
    Compare {
        #[default]
        /// So many or more.
        AtLeast,
        /// More.
        MoreThan,
        /// All of them.
        All,
    }
}
words! {
    /// How a vote is taken.
    VoteKind {
        #[default]
        /// 举手.
        Show,
        /// 票.
        Ballot,
        /// 逐户征询.
        Survey,
        /// Grades for every subject and indicator.
        Grades,
        /// 各方同意.
        Consent,
    }
}
words! {
    /// What the counts of a vote add up to.
    AddsTo {
        #[default]
        /// To those present who may vote.
        Present,
        /// To the valid ballots.
        Valid,
        /// To those asked.
        Asked,
    }
}
words! {
    /// How an outcome is found.
    OutcomeRule {
        /// More than a share.
        MoreThan,
        /// A share or more.
        AtLeast,
        /// Everybody.
        All,
        /// The choice with most votes.
        Highest,
        /// An average of points.
        Score,
        /// A percentage.
        Rate,
        /// Nobody chose it.
        None,
        #[default]
        /// Whatever is left.
        Else,
    }
}
words! {
    /// What a share is a share of.
    Of {
        #[default]
        /// Those present who may vote.
        Present,
        /// Valid ballots.
        Valid,
        /// Valid ballots that say something.
        Cast,
        /// 应到.
        Base,
        /// Those asked.
        Asked,
        /// Ballots handed out.
        Issued,
    }
}
words! {
    /// Who wins a tie.
    Tie {
        #[default]
        /// The later choice of the list.
        Lower,
        /// The clerk is asked.
        Ask,
    }
}
words! {
    /// What leaving a stage out asks.
    Skip {
        #[default]
        /// A reason.
        Reason,
        /// It cannot be left out.
        Never,
    }
}
words! {
    /// What a field holds.
    FieldKind {
        #[default]
        /// A line.
        Text,
        /// Several lines.
        Long,
        /// A day.
        Date,
        /// Day and hour.
        Moment,
        /// A number.
        Number,
        /// Yuan.
        Money,
        /// Yes or no.
        Yes,
        /// One of the options.
        Choice,
        /// Several of the options.
        Many,
        /// Several people.
        People,
        /// One person.
        Person,
        /// An organisation.
        Unit,
        /// A file.
        File,
        /// Photos.
        Photos,
        /// Buildings.
        Buildings,
        /// Households.
        Households,
    }
}
words! {
    /// Something that must be there before the next stage.
    NeedKind {
        #[default]
        /// A field.
        Field,
        /// All of several fields.
        Fields,
        /// One of several fields.
        AnyField,
        /// Rows of a record.
        Rows,
        /// A column in every row of a record.
        RowsDone,
        /// A period between two fields.
        Gap,
        /// The rules of composition.
        Composition,
        /// The quorum.
        Quorum,
        /// Votes that add up.
        Votes,
        /// Locked votes.
        Locked,
        /// The opinions of the minority.
        Minority,
        /// A printed paper.
        Paper,
        /// A photo.
        Photo,
        /// Signatures.
        Signed,
        /// A period of publicity that is over.
        Posted,
        /// The way an earlier stage ended.
        Way,
        /// Numbers of rules that must be known.
        Parameter,
        /// Enough who call for it.
        Proposer,
    }
}
words! {
    /// When a way is open.
    WayWhen {
        /// Enough are there.
        Quorum,
        /// Too few are there.
        NoQuorum,
        /// By the outcome.
        Outcome,
        /// By a field.
        Field,
        #[default]
        /// The clerk chooses.
        Clerk,
    }
}
words! {
    /// Which way a period runs.
    Direction {
        #[default]
        /// Due so long after.
        After,
        /// At the latest so long before.
        Before,
        /// On the day itself.
        On,
        /// So many in a span; looked at by whoever plans the year.
        Count,
    }
}
