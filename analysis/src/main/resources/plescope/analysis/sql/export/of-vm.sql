{vcpu} IN (SELECT v.vcpu FROM vcpu AS v JOIN vm AS m ON m.vm = v.vm WHERE m.name = '{vm}')
