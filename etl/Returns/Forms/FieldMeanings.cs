using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// What each field of a form asks for, in a sentence (指标解释). It stands beside the forms and not in them: a better wording must not make
/// every file be read again. A field whose meaning decides how it is read says it itself.
/// </summary>
public static class FieldMeanings
{
    /// <summary>The meaning of a field of a form; null where nobody has written one.</summary>
    public static Text? Of(Form form, Field field) =>
        field.Meaning ?? All.GetValueOrDefault($"{form.Id}.{field.Name}") ?? All.GetValueOrDefault(field.Name) ?? Patents(form, field);

    /// <summary>A field of the patent summary is a movement of a type.</summary>
    private static Text? Patents(Form form, Field field)
    {
        if (form.Id != PatentSummaryForm.Form.Id)
            return null;
        var (measure, label) = PatentSummaryForm.Measures.FirstOrDefault(m => field.Name.StartsWith(m.Name + "_", StringComparison.Ordinal));
        if (measure is null)
            return null;
        var type = PatentSummaryForm.Types.FirstOrDefault(t => field.Name == $"{measure}_{t.Name}_count").Label ?? new("三种专利合计", "all three types");
        return new($"{type.Zh}：{label.Zh}的件数，只计本单位为第一专利权人的", $"{type.En}: {label.En}, counted for the first owner only");
    }

    private static readonly Dictionary<string, Text> All = new(StringComparer.Ordinal)
    {
        // 研究开发活动及费用情况
        ["expense_total_wan"] = new(
            "报告期内用于研究开发活动的费用合计，等于八项费用之和，含委托外部的费用",
            "All expense on R&D in the period, the sum of the eight items, outsourced R&D included"
        ),
        ["cost_personnel_wan"] = new(
            "研究开发人员的工资薪金、社会保险、住房公积金及外聘人员劳务费",
            "Pay, social insurance and housing fund of R&D staff, and hired labour"
        ),
        ["cost_direct_input_wan"] = new(
            "研究开发直接消耗的材料、燃料和动力，模具、样机、检验费，以及设备的运行维护和租赁费",
            "Materials, fuel and power used up, moulds, prototypes, inspection, running and hire of equipment"
        ),
        ["cost_depreciation_wan"] = new(
            "用于研究开发的仪器、设备和建筑物的折旧，及改建修理的长期待摊费用",
            "Depreciation of instruments, equipment and buildings used for R&D, and long-term prepaid expense"
        ),
        ["cost_amortisation_wan"] = new("用于研究开发的软件、专利、非专利技术等的摊销", "Amortisation of software, patents and know-how used for R&D"),
        ["cost_design_wan"] = new("新产品、新工艺的构思、开发和设计费用，含创意设计", "Conception and design of new products and processes"),
        ["cost_commissioning_wan"] = new(
            "工装准备、装备调试，以及新药临床、勘探开发技术现场试验、田间试验等费用",
            "Tooling, commissioning of equipment and field trials"
        ),
        ["cost_outsourced_wan"] = new(
            "委托其他单位或个人研究开发的费用，等于以下四项之和",
            "R&D done by others for the enterprise, the sum of the four items below"
        ),
        ["outsourced_institute_wan"] = new("委托境内科研院所研究开发的费用", "R&D by domestic research institutes"),
        ["outsourced_university_wan"] = new("委托境内高等学校研究开发的费用", "R&D by domestic universities"),
        ["outsourced_enterprise_wan"] = new("委托境内企业研究开发的费用", "R&D by domestic enterprises"),
        ["outsourced_abroad_wan"] = new("委托境外机构或个人研究开发的费用", "R&D by institutions or persons abroad"),
        ["cost_other_wan"] = new(
            "与研究开发直接相关的其他费用，如资料、会议、差旅、评审和知识产权事务费",
            "Other expense on R&D: documents, meetings, travel, reviews, intellectual property"
        ),
        ["expense_total_prior_wan"] = new(
            "上年同期的研究开发费用合计；与上年上报数不同的，在“说明”栏写明原因",
            "The total of the same period of last year; say why where it differs from last year's return"
        ),
        ["intramural_total_wan"] = new(
            "在本单位内部用于研究与试验发展的支出，不含委托外部的支出",
            "Spent on R&D within the enterprise, without what others did for it"
        ),
        ["activity_basic_wan"] = new("为获得新知识、没有特定应用目的的研究的支出", "Research for new knowledge without an application in view"),
        ["activity_applied_wan"] = new("为特定应用目的获得新知识的研究的支出", "Research for new knowledge with an application in view"),
        ["activity_experimental_wan"] = new("用已有知识研制新产品、新工艺、新系统的支出", "Use of what is known to make new products, processes and systems"),
        ["intramural_current_wan"] = new("内部支出中的人员劳务费和其他日常支出", "Labour and other current cost within intramural expenditure"),
        ["intramural_capital_wan"] = new("内部支出中购置仪器设备和建造建筑物等的支出", "Instruments, equipment and buildings within intramural expenditure"),
        ["fund_gov_central_wan"] = new("内部支出中来自中央财政的资金", "From the central budget"),
        ["fund_gov_local_wan"] = new("内部支出中来自省、市、县财政的资金", "From provincial, city and county budgets"),
        ["fund_enterprise_wan"] = new("内部支出中来自本企业和其他企业的资金", "From the enterprise itself and from other enterprises"),
        ["fund_abroad_wan"] = new("内部支出中来自境外机构和个人的资金", "From institutions and persons abroad"),
        ["fund_nonprofit_wan"] = new("内部支出中来自非营利组织的资金", "From non-profit organisations"),
        ["fund_other_wan"] = new("内部支出中以上各项以外的资金", "From anywhere else"),
        ["intramural_total_prior_wan"] = new("上年同期的R&D经费内部支出", "Intramural expenditure of the same period of last year"),
        ["rd_personnel_persons"] = new(
            "报告期内参加研究与试验发展的人员数，含管理和直接服务人员",
            "Persons who took part in R&D, managers and direct service included"
        ),
        ["researchers_persons"] = new(
            "R&D人员中具有中级以上职称或博士学历、从事构思和创造的人员",
            "R&D personnel who conceive and create: middle title and above, or a doctorate"
        ),
        ["rd_personnel_fte"] = new(
            "全时人员数与非全时人员按实际工作时间折合的人数之和，不大于R&D人员数",
            "Full-time persons and the others by their working time; not more than the persons"
        ),
        // 财务与从业人员情况、集团合并汇总
        ["revenue_wan"] = new("报告期利润表“营业收入”的本期数", "Operating revenue as in the income statement"),
        ["revenue_prior_wan"] = new("利润表“营业收入”的上年同期数", "Operating revenue of the same period of last year"),
        ["operating_cost_wan"] = new(
            "利润表“营业总成本”的本期数，不小于研究开发费用",
            "Total operating cost as in the income statement; not less than R&D expense"
        ),
        ["profit_wan"] = new("利润表“利润总额”的本期数，亏损以“-”表示", "Profit before tax as in the income statement; a loss is negative"),
        ["employees_persons"] = new("报告期末在本单位工作并取得劳动报酬的人员数", "Persons who work here for pay at the end of the period"),
        ["consolidated_revenue_wan"] = new("集团合并报表的营业收入", "Revenue in the consolidated statements"),
        ["offset_revenue_wan"] = new("合并时抵销的集团内部营业收入", "Revenue within the group that consolidation eliminates"),
        ["consolidated_expense_wan"] = new("集团合并口径的研究开发费用", "R&D expense of the group, consolidated"),
        ["offset_expense_wan"] = new("合并时抵销的集团内部委托研究开发费用", "R&D expense within the group that consolidation eliminates"),
        // 专利、奖励
        ["title"] = new("专利证书或申请文件上的名称", "Title as in the certificate or the application"),
        ["patent_type"] = new("发明、实用新型或外观设计，与申请号的类型位一致", "Invention, utility model or design, as the number says"),
        ["event"] = new("专利在报告期内发生的变化，如申请、授权、失效、转让", "What happened to the patent in the period: filed, granted, ended, assigned"),
        ["event_date"] = new("事件发生的日期，以官方文件为准", "Day of the event as in the official document"),
        ["certificate_no"] = new("获奖证书上的编号", "Number of the certificate"),
        ["awards.project_name"] = new("获奖证书上的项目名称", "Project as in the certificate"),
        ["award_level"] = new("授奖的级别", "Level of who gives the award"),
        ["award_scheme"] = new("奖项的种类，如科学技术进步奖", "Which award it is"),
        ["award_grade"] = new("特等、一等、二等、三等；最高奖和合作奖不分等级", "Special, first, second, third; some schemes have none"),
        ["unit_rank"] = new("本单位在完成单位中的位次，第一完成单位填 1", "Place of the enterprise among the awarded units; 1 is the lead"),
        ["unit_count"] = new("证书上完成单位的总数", "Number of awarded units in the certificate"),
        ["unit_share_percent"] = new("各完成单位约定的贡献份额，合计为 100", "Share as the units have agreed it; all shares make 100"),
        ["total_count"] = new("报告期内获得的各级科技奖励总数", "All awards of the period"),
        ["provincial_plus_count"] = new("国家级与省部级奖励之和", "National and provincial awards"),
        ["national_count"] = new("国家科学技术奖励的项数", "National awards"),
        ["graded_count"] = new("分等级的奖励，等于各等级之和", "Awards that have grades, the sum of the grades"),
        ["grade_special_count"] = new("特等奖的项数", "Special prizes"),
        ["grade_first_count"] = new("一等奖的项数", "First prizes"),
        ["grade_second_count"] = new("二等奖的项数", "Second prizes"),
        ["grade_third_count"] = new("三等奖的项数", "Third prizes"),
        ["ungraded_count"] = new("不分等级的奖励项数", "Awards without grades"),
        // 项目、平台、人才、资格
        ["project_no"] = new("立项文件上的编号，各年不变", "Number in the approval; the same every year"),
        ["project_name"] = new("立项文件上的名称", "Name in the approval"),
        ["project_level"] = new("下达项目的级别；企业自立项目填“企业自立”", "Level of who approved the project"),
        ["project_mechanism"] = new("项目的组织方式，如揭榜挂帅、军令状、赛马", "How the project is organised: open competition, pledge, race"),
        ["project_status"] = new("报告期末的状态", "State at the end of the period"),
        ["start_date"] = new("项目批准立项的日期", "Day on which the project was approved"),
        ["end_date"] = new("已结题的填实际日期，在研的填计划日期", "The actual day of what is finished, the planned one of what is not"),
        ["participants_persons"] = new("报告期内参加项目的人员数", "Persons who worked on the project in the period"),
        ["person_months"] = new("参加人员报告期内实际工作的人月之和", "Months that they worked on it, all together"),
        ["funds_approved_wan"] = new("批复的项目总经费，含自筹", "All funds approved, own funds included"),
        ["funds_arrived_wan"] = new("立项以来实际到位的经费", "Funds that have arrived since the start"),
        ["expense_wan"] = new(
            "报告期内项目的经费支出；各项目之和不大于单位的研究开发费用",
            "Spent on the project in the period; all projects not more than the enterprise's expense"
        ),
        ["expense_gov_wan"] = new("其中使用政府资金的支出", "Of it from government funds"),
        ["platform_no"] = new("批复或备案的编号，各年不变", "Number in the approval; the same every year"),
        ["platform_name"] = new("批复文件上的名称", "Name in the approval"),
        ["platform_kind"] = new("平台的类型，如实验室、技术创新中心、中试基地", "Laboratory, centre, pilot base …"),
        ["platform_level"] = new("批准平台的级别", "Level of who approved it"),
        ["platform_event"] = new(
            "平台最近一次状态变化；报告期内没有变化的，保留上次的状态和日期",
            "The last step of its life; without a step in the period the last one stands"
        ),
        ["platforms.event_date"] = new("状态变化的日期，以批复文件为准", "Day of the step as in the approval"),
        ["upgrade_readiness"] = new("是否具备升级（如省级升国家级）的条件", "How near it is to a higher level"),
        ["co_builders"] = new("共同建设的其他单位；平台只统计一次", "Who else builds it; the platform counts once"),
        ["approval_no"] = new("批准文件的文号", "Number of the approving document"),
        ["talent_persons"] = new("三支队伍的人数去重之后的总数", "The three teams without double counting"),
        ["managers_persons"] = new("经营管理岗位上的人才", "Managers"),
        ["professionals_persons"] = new("专业技术岗位上的人才", "Professionals"),
        ["managers_professionals_persons"] = new("同时计入以上两项的人数，用于去重", "Counted in both of the above"),
        ["skilled_persons"] = new("技能岗位上取得等级的人员", "Skilled workers with a grade"),
        ["academicians_persons"] = new("全职在本单位的中国科学院、中国工程院院士", "Academicians who work here full-time"),
        ["flexible_persons"] = new("以兼职、候鸟式、双休日等方式引进、人事关系不在本单位的专家", "Experts who work here without being employed here"),
        ["flexible_concurrent_persons"] = new("在本单位兼职并取酬、人事关系在外单位的专家", "Experts who hold a second, paid post here"),
        ["flexible_migratory_persons"] = new("每年定期来本单位工作一段时间的专家", "Experts who come for some time every year"),
        ["flexible_weekend_persons"] = new("利用双休日和节假日来本单位服务的专家", "Experts who come on weekends and holidays"),
        ["lab_no"] = new("省实验室的批复编号，各年不变", "Number in the approval; the same every year"),
        ["lab_name"] = new("批复文件上的名称", "Name in the approval"),
        ["upgrade_criterion"] = new("对标全国重点实验室的条件之一，每项一行", "One of the criteria of the level above; a row for each"),
        ["criterion_state"] = new("报告期末该条件是否具备", "Whether it is met at the end of the period"),
        ["criterion_evidence"] = new("说明具备该条件的文件名称或文号", "Documents that show it"),
        ["value_verification"] = new("指标值由谁核实；单位自报的选“单位自报”", "Who has verified the value"),
        ["rd_talent_persons"] = new("期末从事研究与试验发展的人员数", "R&D personnel at the end of the period"),
        ["enterprise_titles.valid_from"] = new("证书或公告上的起始日期", "First day as in the certificate"),
        ["enterprise_titles.valid_to"] = new("证书或公告上的终止日期；长期有效的不填", "Last day as in the certificate; blank without an end"),
        ["enterprise_title"] = new("认定的资格；一个单位有几项资格填几行，户数去重", "The title; a row for each, the enterprise counts once"),
        ["title_certificate_no"] = new("资格证书或公告的编号", "Number of the certificate"),
        // 成果、场景、策源地、联合体、政策
        ["achievement_no"] = new("成果登记编号，各年不变", "Number of registration; the same every year"),
        ["achievement_name"] = new("成果登记的名称", "Name as registered"),
        ["achievement_measure"] = new("说明成果效益的指标，如销售收入、产值、市场占有率", "What the achievement brought: sales, output, market share"),
        ["value_qualifier"] = new("数值不确切时选择，如“超过”“近”“约”", "Where the value is not exact: more than, nearly, about"),
        ["measure_unit"] = new("指标值的计量单位", "Unit of the value"),
        ["first_used_on"] = new("成果首次投入应用的日期", "Day on which it was first put to use"),
        ["scene_no"] = new("场景编号，各年不变", "Number of the scene; the same every year"),
        ["scene_name"] = new("数字化场景的名称", "Name of the scene"),
        ["scene_status"] = new("报告期末的建设状态", "State at the end of the period"),
        ["online_date"] = new("投入运行的日期；尚未上线的不填", "Day on which it went into use; blank before"),
        ["scene_investment_wan"] = new("开工以来的累计投资", "Invested since the start"),
        ["source_no"] = new("原创技术策源地的编号", "Number of the source"),
        ["source_name"] = new("原创技术策源地的名称", "Name of the source"),
        ["origin_project_no"] = new("策源地研发项目的编号，各年不变", "Number of its project; the same every year"),
        ["origin_project_name"] = new("策源地研发项目的名称", "Name of its project"),
        ["origin_stage"] = new("报告期末的研发进展", "Stage at the end of the period"),
        ["origin_funds_wan"] = new("立项以来的累计投入", "Spent since the start"),
        ["consortium_no"] = new("创新联合体的编号，各年不变", "Number of the consortium; the same every year"),
        ["consortium_name"] = new("创新联合体的名称", "Name of the consortium"),
        ["consortium_role"] = new("本单位是牵头单位还是成员单位", "Whether the enterprise leads it"),
        ["consortium_members_count"] = new("成员单位数，含牵头单位", "Members, the leader included"),
        ["founded_on"] = new("联合体组建的日期", "Day on which it was founded"),
        ["ended_on"] = new("联合体终止的日期；仍在运行的不填", "Day on which it ended; blank while it runs"),
        ["policy"] = new("十项政策中的哪一项", "Which of the ten policies"),
        ["uptake_status"] = new("报告期末政策在本单位的落实情况", "How far the policy is put into practice"),
        ["in_force_since"] = new("本单位开始实施的日期", "Since when the enterprise applies it"),
        ["policy_amount_wan"] = new("报告期内按此政策提取、支出或兑现的金额", "Set aside, spent or paid under the policy in the period"),
        ["policy_persons"] = new("报告期内受惠的人数", "Persons who benefited in the period"),
        // 攻关任务
        ["list_version"] = new("年度清单的版本，如 2025", "Version of the annual list, such as 2025"),
        ["task_no"] = new("任务在清单中的编号", "Number of the task in the list"),
        ["task_name"] = new("任务的名称", "Name of the task"),
        ["task_field"] = new("任务所属领域", "Field of the task"),
        ["task_kind"] = new("任务的类别，如平台、关键核心技术、成果转化", "Kind of the task: platform, core technology, putting to use"),
        ["planned_start"] = new("清单下达的计划启动日期", "Planned start as in the list"),
        ["planned_end"] = new("清单下达的计划完成日期", "Planned completion as in the list"),
        ["task_status"] = new("月末的状态；已完成的须有佐证", "State at the end of the month; what is done needs evidence"),
        ["progress_percent"] = new("自启动以来累计完成的百分比，0 至 100", "Percent done since the start, 0 to 100"),
        ["actual_start"] = new("实际启动的日期", "Day on which it really began"),
        ["actual_end"] = new("实际完成的日期；未完成的不填", "Day on which it was really done; blank before"),
        ["evidence"] = new("证明完成的文件名称或文号", "Document that shows it"),
        // 企业名录
        ["aliases"] = new("用于识别报表中的旧名和简称", "Old and short names by which returns may call it"),
        ["parent_code"] = new("上一级单位的代码；集团不填", "Code of the enterprise above; blank for a group"),
        ["enterprise_level"] = new("集团、子企业等层级", "Group, subsidiary …"),
        ["industry"] = new("国民经济行业分类（GB/T 4754）的门类或大类", "Section or division of GB/T 4754"),
        ["city"] = new("总部所在的设区的市", "City of the head office"),
        ["valid_from"] = new("本行所述名称和隶属关系开始的日期", "First day of what this row says"),
        ["valid_to"] = new("本行所述名称和隶属关系结束的日期；仍有效的不填", "Last day of what this row says; blank while it holds"),
        ["change_kind"] = new("产生本行的变动，如更名、合并、分立", "What change began this row: rename, merger, split"),
        ["predecessor_codes"] = new("合并或分立之前的单位的代码", "Codes of those that were merged or split"),
        // 数据更正单
        ["new_value"] = new("更正后的值，单位与原值相同", "The right value, in the unit of the old one"),
        ["reason"] = new("为什么更正，依据是什么", "Why, and on what grounds"),
        ["approver"] = new("批准更正的负责人", "Who approved the correction"),
        ["approved_on"] = new("批准的日期", "Day of the approval"),
        // 绩效评价申诉与裁定
        ["claimed_value"] = new("本单位认为应采用的数值，单位与公布值相同", "The value that the group holds right, in the unit of the published one"),
        ["evaluation_appeals.reason"] = new("为什么，依据是什么", "Why, and on what grounds"),
        ["contact"] = new("可答复询问的人和电话", "Who can answer questions, and the telephone"),
        ["verdict"] = new("对申诉的裁定", "What was decided"),
        ["evaluation_decisions.reason"] = new("裁定的依据", "On what grounds it was decided"),
        ["published_value"] = new("评价结果中该指标的数值", "The value in the evaluation"),
        ["appeal_reason"] = new("申诉所述的理由", "Why the group appealed"),
        // 审核意见与更正审批：清单已填好各栏，只填意见
        ["finding_period"] = new("该行所属的报告期", "Period of the row"),
        ["finding_form"] = new("该行所属的报表", "Form of the row"),
        ["file_name"] = new("收到时的文件名，可点击打开原件", "Name under which the file came; it leads to the original"),
        ["finding_sheet"] = new("文件中的工作表", "Sheet in the file"),
        ["finding_row"] = new("工作表中的行号", "Row in the sheet"),
        ["finding_code"] = new("校验规则的编号", "Number of the rule"),
        ["finding_heading"] = new("问题所在的栏目", "Column of the finding"),
        ["finding_cell"] = new("问题所在的单元格，可点击打开回执", "Cell of the finding; it leads to the annotated workbook"),
        ["value_read"] = new("该单元格读到的值", "What was read"),
        ["problem"] = new("审核发现的问题", "What was found"),
        ["explanation"] = new("填报单位在“说明”栏所写", "What the respondent wrote in 说明"),
        ["decision"] = new(
            "认可说明：问题了结；不作问题处理：没有说明也了结；退回重新说明：问题仍待说明，理由写入回执",
            "Accept the explanation; waive the finding without one; or send it back: it stays open and the answer tells why"
        ),
        ["reviewer"] = new("作出意见的人", "Who decided"),
        ["reviewed_on"] = new("作出意见的日期", "Day of the decision"),
        ["review.reason"] = new("意见的理由；退回的，填报单位会看到", "Why; the respondent reads it where it is sent back"),
        ["correction_reason"] = new("更正单所述的原因", "Why the correction was sent"),
        ["correction_verdict"] = new(
            "同意：更正生效；不同意：更正不生效，理由写入回执",
            "Approved: it holds; refused: it is not applied and the answer tells why"
        ),
        ["correction_decisions.old_value"] = new("更正单所述的原值", "The old value as the correction says"),
        ["correction_decisions.new_value"] = new("更正单所述的更正值", "The new value as the correction says"),
        ["correction_decisions.reason"] = new("审批的理由；不同意的，填报单位会看到", "Why; the respondent reads it where it is refused"),
        ["decided_by"] = new("作出裁定的人", "Who decided"),
        ["decided_on"] = new("作出裁定的日期", "Day of the decision"),
    };
}
